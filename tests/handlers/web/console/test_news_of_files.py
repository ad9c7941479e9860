"""The console tells while changed knowledge files cannot be served."""

import html
from pathlib import Path

import httpx
import pytest

from knowledge.base import Language
from tests.bot.matcher_process.small_opening import break_files, mend_files, write_version
from tests.bot.matcher_process.starting import running, until
from tests.handlers.web.console.building import ServedConsole, served_console

SAID: dict[Language, str] = {"ko": "바뀐 자료에 오류가 있어", "en": "The changed knowledge base cannot be served"}


async def _page(console: ServedConsole, path: str, language: str) -> str:
    async with httpx.AsyncClient(base_url=console.address, timeout=60, headers={"Accept-Language": language}) as client:
        return html.unescape((await client.get(path)).raise_for_status().text)


@pytest.mark.parametrize("path", ["/console", "/console/health", "/console/entries"])
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
            assert finder.problem_of_files(language) in page  # with its line, a caret, and what to type instead
        mend_files(folder)
        await until(lambda: not finder.problem_of_files("ko"))
        assert SAID["ko"] not in await _page(console, path, "ko")


async def test_of_very_many_faults_as_many_as_a_page_holds_are_shown_whole() -> None:
    fault = "entries/a.yaml:3:5: 쌍점이 전각 ‘：’입니다.\n     3 | id： a\n       |   ^\n    → 이렇게 적으세요: id: a\n"
    async with served_console(is_local=True, problem_of_files=lambda _: fault * 1000) as console:
        page = await _page(console, "/console", "ko")
    assert 50 < page.count("쌍점이 전각") < 1000
    assert "\n…</pre>" in page
