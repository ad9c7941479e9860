"""The chat page as citizens use it, in a real browser: the whole loop, keys alone, no script, small windows."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.bot.transcript.small_service import UNDO_IS_OVER
from tests.handlers.web.browser.checks import SMALLEST, is_too_wide, must_be_sound
from tests.handlers.web.browser.conftest import Visitor
from tests.handlers.web.chat.served_chat import ServedChat, a_served_chat

TELL_ME = "답변이 나오면 알려 주세요"


@pytest_asyncio.fixture(loop_scope="session")
async def chat() -> AsyncIterator[ServedChat]:
    async with a_served_chat() as served:
        yield served


async def _say(page: Page, text: str) -> None:
    await page.get_by_label("궁금한 것").fill(text)
    await page.get_by_role("button", name="보내기", exact=True).click()


async def _press(page: Page, label: str) -> None:
    await page.get_by_role("button", name=label).last.click()


async def test_whole_loop_while_the_page_is_open(visitor: Visitor, chat: ServedChat) -> None:
    page = await visitor()
    await page.goto(chat.address)
    await must_be_sound(page)
    await _say(page, "모르는 것이에요?")
    await expect(page.locator("#messages > li")).to_have_count(2)
    await _press(page, TELL_ME)
    await expect(page.locator("#messages > li").last).to_contain_text("접수번호")
    await must_be_sound(page)
    await chat.service.answer("이렇습니다.\n<script>document.title = 'taken'</script>")
    await expect(page.locator("#messages > li").last).to_contain_text("<script>document.title = 'taken'</script>")
    assert await page.title() == "광주 안내"
    await must_be_sound(page)
    await page.reload()
    await expect(page.locator("#messages > li").last).to_contain_text("이렇습니다.")


async def test_newcomer_closes_the_loop_in_the_local_mode(visitor: Visitor) -> None:
    async with a_served_chat(is_local=True) as local:
        page = await visitor()
        await page.goto(local.address)
        await _say(page, "모르는 것이에요?")
        await _press(page, TELL_ME)
        await expect(page.locator("#messages > li").last).to_contain_text("접수번호")
        await local.service.place()
        console = await page.context.new_page()
        await console.goto(local.address)
        await console.get_by_role("link", name="담당자 화면").click()
        await console.get_by_role("link", name="모르는 것이에요?").click()
        await console.get_by_label("답변 쓰기").fill("내일부터 됩니다.")
        await console.get_by_role("button", name="미리 보기").click()
        await console.get_by_role("button", name="보내기").click()
        await expect(console.get_by_role("button", name="미리 보기")).to_have_count(0)
        await expect(console.get_by_role("button", name="보내기")).to_have_count(0)
        local.service.clock.pass_(seconds=UNDO_IS_OVER)
        assert await local.service.tell() == 1
        await expect(page.locator("#messages > li").last).to_contain_text("내일부터 됩니다.")


async def test_answer_that_came_meanwhile_is_there_at_the_next_visit(visitor: Visitor, chat: ServedChat) -> None:
    page = await visitor()
    await page.goto(chat.address)
    await _say(page, "모르는 것이에요?")
    await _press(page, TELL_ME)
    await expect(page.locator("#messages > li").last).to_contain_text("접수번호")
    await page.goto("about:blank")
    await chat.service.answer("이렇습니다.")
    await page.goto(chat.address)
    await expect(page.locator("#messages > li").last).to_contain_text("이렇습니다.")


async def test_whole_loop_without_script(visitor: Visitor, chat: ServedChat) -> None:
    page = await visitor(java_script_enabled=False, viewport=SMALLEST)
    await page.goto(chat.address)
    await _say(page, "모르는 것이에요?")
    await _press(page, TELL_ME)
    await expect(page.locator("#messages > li").last).to_contain_text("접수번호")
    await chat.service.answer("이렇습니다.")
    await page.get_by_role("button", name="새 답변이 왔는지 보기").click()
    await expect(page.locator("#messages > li").last).to_contain_text("이렇습니다.")


async def test_keys_alone_are_enough(visitor: Visitor, chat: ServedChat) -> None:
    page = await visitor()
    await page.goto(chat.address)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")  # to the content
    await _tab_to(page, "궁금한 것")
    await page.keyboard.type("예산이 얼마예요?")
    await page.keyboard.press("Enter")
    await expect(page.locator("#messages > li")).to_have_count(2)
    assert await page.evaluate("document.activeElement.id") == "text"
    await _tab_to(page, "도움이 됐어요", back=True)
    await page.keyboard.press("Enter")
    await expect(page.locator("#messages > li").last).to_contain_text("의견 고맙습니다.")
    assert await page.evaluate(
        "document.activeElement.closest('#messages') !== null"
    )  # the press did not lose the place


async def _tab_to(page: Page, name: str, *, back: bool = False) -> None:
    """Presses Tab until that element has the focus, which must be seen each time."""
    script = """() => { const at = document.activeElement, style = getComputedStyle(at);
        return [at.labels?.[0]?.textContent || at.textContent, style.outlineStyle, style.outlineWidth] }"""
    for _ in range(60):
        await page.keyboard.press("Shift+Tab" if back else "Tab")
        text, style, width = await page.evaluate(script)
        assert (style, width) == ("solid", "3px"), text
        if text.strip() == name:
            return
    raise AssertionError(f"{name!r} is not reached by Tab")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_small_window_shows_everything_soundly(visitor: Visitor, chat: ServedChat, scheme: str) -> None:
    page = await visitor(viewport=SMALLEST, color_scheme=scheme)
    await page.goto(chat.address)
    await _say(page, "얼마나 들어요?")
    await expect(page.locator("#messages > li")).to_have_count(2)
    await _say(page, "가" * 300 + " https://city.example/" + "a" * 200)
    await expect(page.locator("#messages > li")).to_have_count(4)
    await page.get_by_text("메뉴", exact=True).click()
    await must_be_sound(page)


@pytest.mark.parametrize("path", ["/", "/?entry=period", "/privacy", "/forget", "/?forgotten=yes", "/?language=en"])
async def test_every_page_is_sound(visitor: Visitor, chat: ServedChat, path: str) -> None:
    page = await visitor(viewport=SMALLEST)
    await page.goto(chat.address + path)
    await must_be_sound(page)


async def test_large_letters_need_no_sideways_scrolling(visitor: Visitor, chat: ServedChat) -> None:
    page = await visitor(viewport={"width": 640, "height": 400})
    await page.goto(chat.address)
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    await _say(page, "예산이 얼마예요?")
    await expect(page.locator("#messages > li")).to_have_count(2)
    assert not await is_too_wide(page)


async def test_question_and_the_beginning_of_its_answer_are_in_sight(visitor: Visitor, chat: ServedChat) -> None:
    page = await visitor(viewport={"width": 360, "height": 640}, reduced_motion="reduce")
    await page.goto(chat.address)
    for count, text in enumerate(("예산이 얼마예요?", "긴 거요?", "모르는 것이에요?", "얼마나 들어요?"), 1):
        await _say(page, text)
        await expect(page.locator("#messages > li")).to_have_count(2 * count)
        await expect(page.locator("#messages > li").nth(2 * count - 2)).to_be_in_viewport(ratio=1)
        covered = "([message, bar]) => message.getBoundingClientRect().top + 40 < bar.getBoundingClientRect().top"
        script = "[document.querySelector('#messages').lastElementChild, document.querySelector('.composer')]"
        pair = await page.evaluate_handle(script)
        assert await page.evaluate(covered, pair)


async def test_two_browsers_never_see_each_others(visitor: Visitor, chat: ServedChat) -> None:
    mine, yours = await visitor(), await visitor()
    for page in (mine, yours):
        await page.goto(chat.address)
    await asyncio.gather(_say(mine, "모르는 것이에요?"), _say(yours, "예산이 얼마예요?"))
    await _press(mine, TELL_ME)
    await expect(mine.locator("#messages > li").last).to_contain_text("접수번호")
    await chat.service.answer("이렇습니다.")
    await expect(mine.locator("#messages > li").last).to_contain_text("이렇습니다.")
    assert "이렇습니다." not in await yours.locator("#messages").inner_text()
    assert "모르는 것이에요?" not in await yours.locator("#messages").inner_text()


async def test_pages_of_one_browser_show_the_same(visitor: Visitor, chat: ServedChat) -> None:
    page = await visitor()
    await page.goto(chat.address)
    await _say(page, "예산이 얼마예요?")
    await expect(page.locator("#messages > li")).to_have_count(2)
    other = await page.context.new_page()
    await other.goto(chat.address)
    await _say(page, "언제까지 하나요?")
    await expect(other.locator("#messages > li")).to_have_count(4)


async def test_words_stay_in_the_field_while_there_is_no_connection(visitor: Visitor, chat: ServedChat) -> None:
    page = await visitor()
    await page.goto(chat.address)
    await page.context.set_offline(True)
    await _say(page, "모르는 것이에요?")
    await expect(page.get_by_role("alert")).to_contain_text("인터넷 연결이 끊겼습니다")
    assert await page.get_by_label("궁금한 것").input_value() == "모르는 것이에요?"
    await page.context.set_offline(False)
    await page.get_by_role("button", name="보내기", exact=True).dblclick()
    await expect(page.locator("#messages > li")).to_have_count(2)
    await expect(page.get_by_role("alert")).to_be_hidden()
    assert len(await chat.service.storage.questions.listed()) == 1


async def test_question_of_staff_is_replied_to_under_it(visitor: Visitor, chat: ServedChat) -> None:
    page = await visitor()
    await page.goto(chat.address)
    await _say(page, "예산이 얼마예요?")
    await _press(page, "안 됐어요")
    await page.get_by_label("답장").fill("올해 예산이 없어요")
    await _press(page, "답장 보내기")
    await expect(page.locator("#messages > li").last).to_contain_text("담당자에게 전했습니다")
    await must_be_sound(page)


async def test_forgetting_leaves_nothing_on_the_page(visitor: Visitor, chat: ServedChat) -> None:
    page = await visitor()
    await page.goto(chat.address)
    await _say(page, "모르는 것이에요?")
    await expect(page.locator("#messages > li")).to_have_count(2)
    await page.get_by_text("메뉴", exact=True).click()
    await page.get_by_role("link", name="내 기록 지우기").click()
    await page.get_by_role("button", name="모두 지우기").click()
    await expect(page.get_by_role("status")).to_contain_text("모두 지웠습니다")
    await expect(page.locator("#messages > li")).to_have_count(0)
    await _say(page, "/forget")
    await expect(page).to_have_url(re.compile("forgotten=yes"))


async def test_arriving_messages_are_announced(visitor: Visitor, chat: ServedChat) -> None:
    page = await visitor()
    await page.goto(chat.address)
    log = page.get_by_role("log")
    assert await log.get_attribute("aria-live") == "polite"
    await _say(page, "예산이 얼마예요?")
    await expect(log).to_contain_text("안내: 4,116억 원")
