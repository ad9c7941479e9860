"""Citizens' own words for what they chose, on the console's page of drafts."""

import html

import httpx

from bot.records.drafts import DraftState
from handlers.web.pages.site import FormTokens
from tests.bot.follow_up.building import offered
from tests.handlers.web.console.building import ServedConsole, served_console
from tests.handlers.web.pages.small_site import PAGES

WORDS = "돈이 <얼마나> 든대요"


async def _get(console: ServedConsole, key: str, language: str = "ko") -> str:
    async with httpx.AsyncClient(base_url=console.address, timeout=60) as client:
        headers = {"Cookie": f"console={key}", "Accept-Language": language}
        return html.unescape((await client.get("/console/drafts", headers=headers)).raise_for_status().text)


async def _accept(console: ServedConsole, key: str, number: object) -> httpx.Response:
    form = {"token": FormTokens(PAGES.secret).token(key), "wording": str(number)}
    async with httpx.AsyncClient(base_url=console.address, timeout=60, follow_redirects=True) as client:
        client.cookies.set("console", key)
        return await client.post("/console/drafts", data=form, headers={"Accept-Language": "ko"})


async def test_page_shows_who_asked_how_and_what_they_chose() -> None:
    async with served_console() as console:
        key = await console.key()
        assert "제안할 표현이 없습니다." in await _get(console, key)
        await offered(console.office, WORDS, 100, "budget")
        await offered(console.office, WORDS, 200, "budget")
        korean = await _get(console, key)
        assert WORDS in korean
        assert "2명이 고른 항목:" in korean
        assert "예산이 얼마예요?" in korean
        assert "Chosen by 2:" in await _get(console, key, "en")


async def test_button_makes_the_draft_and_the_wording_is_suggested_no_more() -> None:
    async with served_console() as console:
        key, number = await console.key(), await offered(console.office, WORDS, 100, "budget")
        shown = html.unescape((await _accept(console, key, number)).raise_for_status().text)
        assert "초안 1번을 만들었습니다." in shown
        assert "제안할 표현이 없습니다." in shown
        (draft,) = await console.office.follow_up.drafts.listed(DraftState.NEW)
        assert (draft.entry_id, draft.content.phrasings) == ("budget", {"ko": (WORDS,)})


async def test_wording_that_somebody_else_has_made_a_draft_of_is_refused() -> None:
    async with served_console() as console:
        key, number = await console.key(), await offered(console.office, WORDS, 100, "budget")
        await _accept(console, key, number)
        again = await _accept(console, key, number)
        assert again.status_code == 409
        assert "이미 초안이 되었거나" in again.text
        assert len(await console.office.follow_up.drafts.listed()) == 1


async def test_what_is_no_number_is_a_bad_request() -> None:
    async with served_console() as console:
        assert (await _accept(console, await console.key(), "첫째")).status_code == 400
