"""Holds a conversation in the terminal, for the command `chat` and for `run` without a token."""

import asyncio
import os

from rich.console import Console

from bot.wording.staff import terminal_language
from bot.wording.terminal import terminal_sentences
from handlers.command_line.chat import chat
from handlers.command_line.reading import line_reader
from handlers.command_line.root import CompositionRoot


def hold_conversation(root: CompositionRoot) -> None:
    """Talks with whoever sits at the terminal until they leave."""
    asyncio.run(_talk(root))


async def _talk(root: CompositionRoot) -> None:
    language = terminal_language(os.environ)
    async with root.conversation() as conversation:
        read = line_reader(terminal_sentences(language).prompt)
        await chat(conversation, Console(highlight=False), read, language)
