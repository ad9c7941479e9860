"""Tells whoever started the assistant without a token where its pages are, and opens them where there is a desktop."""

import asyncio
import os
import sys
import webbrowser

from bot.wording.staff import terminal_language
from bot.wording.terminal import terminal_sentences


async def tell_where(address: str) -> None:
    """Writes the addresses of the pages; opens the chat page for a person at a desktop."""
    words = terminal_sentences(terminal_language(os.environ))
    sys.stdout.write(words.pages.format(address=address) + "\n")
    sys.stdout.flush()
    if _has_desktop():
        await asyncio.to_thread(webbrowser.open, address)


def _has_desktop() -> bool:
    """Whether a browser would open a window that somebody sees, rather than take over the terminal."""
    if not sys.stdin.isatty():
        return False
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
