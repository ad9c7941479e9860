"""The console says on every page that answers are paused, and on its health page what Telegram refused."""

import html

import httpx

from tests.bot.follow_up.building import LEE
from tests.handlers.web.console.building import ServedConsole, served_console


async def _page(console: ServedConsole, path: str) -> str:
    async with httpx.AsyncClient(base_url=console.address, timeout=60) as client:
        headers = {"Cookie": f"console={await console.key()}", "Accept-Language": "ko"}
        return html.unescape((await client.get(path, headers=headers)).raise_for_status().text)


async def test_every_page_says_that_answers_are_paused_and_by_whom() -> None:
    async with served_console() as console:
        assert "답변을 멈췄습니다" not in await _page(console, "/console")
        await console.office.follow_up.pause.begin(LEE)
        for path in ("/console", "/console/health", "/console/drafts"):
            assert f"답변을 멈췄습니다({LEE.name}님" in await _page(console, path)
        await console.office.follow_up.pause.end(LEE)
        assert "답변을 멈췄습니다" not in await _page(console, "/console")


async def test_health_counts_refusals_that_nobody_foresaw() -> None:
    async with served_console() as console:
        assert "거절했습니다" not in await _page(console, "/console/health")
        console.metrics.calls_unforeseen = 3
        assert "예상하지 못한 이유로 3번 거절했습니다" in await _page(console, "/console/health")
