"""Draws `conversation.svg` for the README anew: python docs/images/draw_conversation.py, from the project's folder."""  # noqa: INP001

import asyncio
import re
import runpy
import sys
import tempfile
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

PROJECT = Path(__file__).parents[2]
SAID = ("집적단지 예산이 얼마예요?", "지스트에서는 뭘 배워요?", "1")
FONTS = "D2Coding, 'Noto Sans Mono CJK KR', Menlo, Consolas"
CELL_WIDTH = 12.2


async def _hold(root: Any, console: Console) -> None:
    from bot.wording.terminal import terminal_sentences
    from handlers.command_line.chat import chat

    lines = iter(SAID)

    async def read() -> str | None:
        line = next(lines, None)
        if line is not None:
            console.print(Text.assemble((terminal_sentences("ko").prompt, "green"), (line, "bold")))
        return line

    async with root.conversation() as conversation:
        await chat(conversation, console, read)


def _drawn(console: Console) -> str:
    # No fonts from the network; the viewer's own will do.
    style = re.sub(r" *@font-face \{\{.*?\}\}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace("Fira Code", FONTS)
    style = style.replace("        font-variant-east-asian: full-width;\n", "")
    drawn = console.export_svg(title="make run", code_format=style, theme=SVG_EXPORT_THEME, unique_id="conversation")
    drawn = re.sub(r'(<text [^>]*?)textLength="[^"]*"([^>]*)>(.*?)</text>', _widened, drawn)
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


def _widened(text: re.Match[str]) -> str:
    """Rich counts characters where it should count cells, which squeezes Hangul."""
    before, after, content = text.groups()
    return f'{before}textLength="{CELL_WIDTH * cell_len(unescape(content)):.1f}"{after}>{content}</text>'


if __name__ == "__main__":
    sys.path.insert(0, str(PROJECT))
    program = runpy.run_path(str(PROJECT / "main.py"), run_name="draw_conversation")["Root"]()
    screen = Console(record=True, width=84, file=StringIO(), force_terminal=True, highlight=False)
    with tempfile.TemporaryDirectory() as folder:
        program.overrides.database = f"sqlite+aiosqlite:///{folder}/questions.db"
        asyncio.run(_hold(program, screen))
    (PROJECT / "docs/images/conversation.svg").write_text(_drawn(screen), encoding="utf-8")
