"""The console tells while changed knowledge files cannot be served."""

import html
from pathlib import Path

import httpx
import pytest

from tests.bot.matcher_process.small_opening import break_files, mend_files, write_version
from tests.bot.matcher_process.starting import running, until
from tests.handlers.web.console.building import ServedConsole, served_console

SAID = {"ko": "바뀐 자료에 오류가 있어", "en": "The changed knowledge base cannot be served"}


async def _page(console: ServedConsole, path: str, language: str) -> str:
    async with httpx.AsyncClient(base_url=console.address, headers={"Accept-Language": language}) as client:
        return html.unescape((await client.get(path)).raise_for_status().text)


@pytest.mark.parametrize("path", ["/console", "/console/health"])
async def test_broken_files_are_told_until_they_are_mended(path: str, tmp_path: Path) -> None:
    folder = write_version(tmp_path, 1)
    async with (
        running(folder) as finder,
        served_console(is_local=True, problem_of_files=finder.problem_of_files) as console,
    ):
        assert SAID["ko"] not in await _page(console, path, "ko")
        break_files(folder)
        await until(lambda: bool(finder.problem_of_files("ko")))
        for language, said in SAID.items():
            page = await _page(console, path, language)
            assert said in page
            assert "more.yaml:3" in page
        mend_files(folder)
        await until(lambda: not finder.problem_of_files("ko"))
        assert SAID["ko"] not in await _page(console, path, "ko")
