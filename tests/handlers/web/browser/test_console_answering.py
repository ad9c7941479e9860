"""Clerks answer questions in a real browser: with the mouse, with keys alone, without script, and two at once."""

from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, expect

from bot.records.groups import DismissalReason, GroupState
from tests.bot.follow_up.building import KIM, LEE
from tests.handlers.web.browser.checks import WIDE, each_view, must_be_sound
from tests.handlers.web.browser.conftest import Visitor
from tests.handlers.web.console.building import ServedConsole, served_console

ANSWER = "성인 4,000원입니다.\n주말에도 같습니다."


async def _sign_in(page: Page, console: ServedConsole, member: object = KIM) -> None:
    code = await console.code(member)  # type: ignore[arg-type]  # a staff member
    await page.goto(f"{console.address}/console/sign-in?code={code}")
    await page.get_by_role("button", name="들어가기").click()
    await expect(page.locator("h1")).to_contain_text("질문")


async def _state(console: ServedConsole, group: int) -> GroupState:
    return (await console.office.follow_up.desk.group(group)).state


async def _told(console: ServedConsole) -> list[str]:
    """What citizens get once the minute is over."""
    console.office.clock.pass_(minutes=2)
    await console.office.tell()
    return [text for _, text in await console.office.deliver()]


@pytest.mark.parametrize("script", [True, False])
async def test_a_question_is_answered_and_everyone_is_told(visitor: Visitor, script: bool) -> None:
    async with served_console() as console:
        group = await console.office.group("수영장 요금은요?", "수영장 이용료가 궁금해요", "수영장 주소는요?")
        page = await visitor(viewport=WIDE, java_script_enabled=script)
        await _sign_in(page, console)
        await page.get_by_role("link", name="수영장 요금은요?").click()
        await page.get_by_label("답변 쓰기").fill(ANSWER)
        await page.get_by_role("button", name="미리 보기").click()
        await expect(page.locator(".bubble").nth(1)).to_have_text(
            f"문의하신 질문에 답변이 나왔습니다.\n질문: 수영장 이용료가 궁금해요\n\n{ANSWER}", use_inner_text=True
        )
        await page.get_by_label("이 질문에는 보내지 않기").nth(2).check()
        await page.get_by_role("button", name="보내기").click()
        await expect(page.locator("#done")).to_contain_text("1번에 답했습니다")
        assert await _state(console, group) is GroupState.ANSWERED
        assert len(await _told(console)) == 2
        await expect(page.locator("#groups a")).to_have_text(["수영장 주소는요?"])


@pytest.mark.parametrize("count", [5, pytest.param(20, marks=pytest.mark.soak)])
async def test_each_of_many_groups_is_answered_with_four_keys(visitor: Visitor, count: int) -> None:
    async with served_console() as console:
        for number in range(count):
            await console.office.group(f"{number}번 시설은 몇 시까지 여나요?", first_chat=100 + number)
        page = await visitor(viewport=WIDE)
        await _sign_in(page, console)
        await page.keyboard.press("j")
        for number in range(count):
            await page.keyboard.press("Enter")
            await page.wait_for_url("**/console/groups/*")
            await page.keyboard.press("a")
            await page.keyboard.type(f"{number}: 저녁 8시까지입니다.")
            await page.keyboard.press("Control+Enter")
            await expect(page.get_by_role("button", name="보내기", exact=True)).to_be_focused()
            await page.keyboard.press("Enter")
            await page.wait_for_url("**/console?*done=answer*")
        await expect(page.locator("#nothing")).to_contain_text("할 일이 없습니다")
        told = await _told(console)
        assert len(told) == count
        assert all("저녁 8시까지입니다" in text for text in told)


async def test_keys_link_dismiss_undo_search_and_show_themselves(visitor: Visitor) -> None:
    async with served_console() as console:
        group = await console.office.group("수영장 요금은요?")
        page = await visitor(viewport=WIDE)
        await _sign_in(page, console)
        await page.keyboard.press("?")
        await expect(page.get_by_role("dialog")).to_be_visible()
        await page.keyboard.press("Escape")
        await page.keyboard.press("/")
        await page.keyboard.type("수영장")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**text=*")
        await page.keyboard.press("j")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/console/groups/*")
        await page.keyboard.press("l")
        await expect(page.locator(".bubble")).to_contain_text("4116억원입니다.")
        await expect(page.get_by_role("button", name="보내기", exact=True)).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.locator("#done")).to_be_visible()
        assert (await console.office.follow_up.desk.group(group)).standing.entry_id == "budget"
        await page.keyboard.press("u")
        await expect(page.locator("#done")).to_contain_text("되돌렸습니다")
        assert await _state(console, group) is GroupState.OPEN
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/console/groups/*")
        await page.keyboard.press("d")
        await page.keyboard.press("Enter")
        await expect(page.locator("#done")).to_contain_text("종결했습니다")
        assert (await console.office.follow_up.desk.group(group)).standing.reason == DismissalReason.UNRELATED


async def test_the_second_clerk_is_told_who_was_first_and_keeps_the_text(visitor: Visitor) -> None:
    async with served_console() as console:
        group = await console.office.group("수영장 요금은요?")
        first, second = await visitor(viewport=WIDE), await visitor(viewport=WIDE)
        await _sign_in(first, console)
        await _sign_in(second, console, LEE)
        for page in (first, second):
            await page.get_by_role("link", name="수영장 요금은요?").click()
        await second.get_by_label("답변 쓰기").fill("5,000원입니다.")
        await second.get_by_role("button", name="미리 보기").click()
        await first.get_by_label("답변 쓰기").fill(ANSWER)
        await first.get_by_role("button", name="미리 보기").click()
        await first.get_by_role("button", name="보내기").click()
        await expect(first.locator("#done")).to_be_visible()
        await second.get_by_role("button", name="보내기").click()
        await expect(second.locator("#problem")).to_contain_text("김주무관 님이")
        kept = await second.evaluate("localStorage.getItem('console:1')")
        assert kept == "5,000원입니다."
        told = await _told(console)
        assert len(told) == 1
        assert ANSWER in told[0]
        assert await _state(console, group) is GroupState.ANSWERED


async def test_a_page_says_when_somebody_else_has_changed_the_group(visitor: Visitor) -> None:
    async with served_console() as console:
        group = await console.office.group("수영장 요금은요?")
        page = await visitor(viewport=WIDE)
        await _sign_in(page, console)
        await page.goto(f"{console.address}/console/groups/{group}")
        await page.get_by_label("답변 쓰기").fill("쓰던 글")
        await console.office.follow_up.desk.take(group, LEE)
        await expect(page.locator("#changed")).to_be_visible()
        assert await page.get_by_label("답변 쓰기").input_value() == "쓰던 글"


async def test_a_new_question_appears_in_the_list_by_itself(visitor: Visitor) -> None:
    async with served_console() as console:
        page = await visitor(viewport=WIDE)
        await _sign_in(page, console)
        await expect(page.locator("#nothing")).to_be_visible()
        await console.office.group("수영장 요금은요?")
        await expect(page.get_by_role("link", name="수영장 요금은요?")).to_be_visible()
        await page.get_by_label("1번 묶음 고르기").check()
        console.office.clock.pass_(minutes=1)
        await console.office.group("셔틀 있어요?", first_chat=300)
        await expect(page.get_by_role("link", name="셔틀 있어요?")).to_be_visible()
        await expect(page.get_by_label("1번 묶음 고르기")).to_be_checked()


async def test_a_text_survives_a_session_that_ended_in_the_middle_of_it(visitor: Visitor) -> None:
    async with served_console() as console:
        group = await console.office.group("수영장 요금은요?")
        page = await visitor(viewport=WIDE)
        await _sign_in(page, console)
        await page.goto(f"{console.address}/console/groups/{group}")
        await page.get_by_label("답변 쓰기").fill(ANSWER)
        console.office.clock.pass_(minutes=31)
        await page.get_by_role("button", name="미리 보기").click()
        await expect(page.get_by_role("alert")).to_contain_text("로그인이 끝났습니다")
        assert await page.get_by_label("쓰시던 글입니다").input_value() == ANSWER
        await page.get_by_label("받은 번호").fill((await console.code()).lower().replace("-", " "))
        await page.get_by_role("button", name="들어가기").click()
        assert await page.get_by_label("답변 쓰기").input_value() == ANSWER
        await page.get_by_role("button", name="미리 보기").click()
        await page.get_by_role("button", name="보내기").click()
        assert await _state(console, group) is GroupState.ANSWERED


async def test_a_text_is_still_there_when_the_page_is_opened_again(visitor: Visitor) -> None:
    async with served_console(is_local=True) as console:
        group = await console.office.group("수영장 요금은요?")
        page = await visitor(viewport=WIDE)
        await page.goto(f"{console.address}/console/groups/{group}")
        await page.get_by_label("답변 쓰기").fill(ANSWER)
        await page.goto(f"{console.address}/console")
        await page.goto(f"{console.address}/console/groups/{group}")
        assert await page.get_by_label("답변 쓰기").input_value() == ANSWER
        await expect(page.locator("#restored")).to_be_visible()
        await page.get_by_role("button", name="미리 보기").click()
        await page.get_by_role("button", name="보내기").click()
        await expect(page.locator("#done")).to_be_visible()
        assert await page.evaluate("localStorage.getItem('console:1')") is None


async def test_every_other_act_can_be_done_and_undone(visitor: Visitor) -> None:
    async with served_console(is_local=True) as console:
        office = console.office
        group = await office.group("수영장 요금은요?", "수영장 주소는요?")
        other = await office.group("풀장 요금은요?", first_chat=300)
        page = await visitor(viewport=WIDE, java_script_enabled=False)
        await page.goto(f"{console.address}/console/groups/{group}")
        await page.get_by_role("button", name="맡기").click()
        assert await _state(console, group) is GroupState.TAKEN
        await page.get_by_role("button", name="넘기기").click()
        assert await _state(console, group) is GroupState.OPEN
        await page.get_by_label("수영장 주소는요?").check()
        await page.get_by_role("button", name="나누기").click()
        await expect(page.locator("#done")).to_contain_text("나눴습니다")
        await page.get_by_role("button", name="되돌리기").click()
        assert len(await office.follow_up.desk.questions(group)) == 2
        await page.locator("summary", has_text="합치기").click()
        await page.get_by_label("합칠 묶음의 번호").fill(f"#{other}")
        await page.get_by_role("button", name="합치기").click()
        assert await _state(console, other) is GroupState.MERGED
        await page.locator("summary", has_text="되묻기").click()
        await page.get_by_label("알림을 신청한 시민에게 더 묻습니다.").fill("어느 수영장이요?")
        await page.get_by_role("button", name="묻기", exact=True).click()
        await expect(page.locator(".timeline")).to_contain_text("어느 수영장이요?")
        await page.get_by_label("항목 찾기").fill("어디예요?")
        await page.get_by_role("button", name="찾기", exact=True).click()
        await expect(page.locator(".entries h3")).to_have_text(["어디예요? 90%"])
        await page.locator("summary", has_text="답하지 않고 종결").click()
        await page.get_by_label("직접 쓴 이유").fill("다른 부서 일입니다.")
        await page.get_by_role("button", name="답하지 않고 종결").click()
        assert await _state(console, group) is GroupState.DISMISSED
        await page.goto(f"{console.address}/console/groups/{group}")
        await page.get_by_role("button", name="다시 열기").click()
        assert await _state(console, group) is GroupState.OPEN


async def test_a_saved_reply_is_kept_used_and_removed(visitor: Visitor) -> None:
    async with served_console(is_local=True) as console:
        group = await console.office.group("수영장 요금은요?")
        page = await visitor(viewport=WIDE, java_script_enabled=False)
        await page.goto(f"{console.address}/console/groups/{group}")
        await page.get_by_label("답변 쓰기").fill(ANSWER)
        await page.get_by_role("button", name="저장한 답변에 넣기").click()
        assert await page.get_by_label("답변 쓰기").input_value() == ANSWER
        await page.goto(f"{console.address}/console/groups/{group}")
        await page.locator("summary", has_text="저장한 답변").click()
        await page.get_by_role("link", name="가져오기").click()
        assert await page.get_by_label("답변 쓰기").input_value() == ANSWER
        await page.locator("summary", has_text="저장한 답변").click()
        await page.get_by_role("button", name="지우기").click()
        assert await console.office.follow_up.saved_replies.listed() == []


async def test_several_groups_are_dismissed_or_merged_at_once(visitor: Visitor) -> None:
    async with served_console(is_local=True) as console:
        numbers = [
            await console.office.group(f"{word} 요금은요?", first_chat=100 * place)
            for place, word in enumerate(("수영장", "풀장", "농담", "광고"), 1)
        ]
        page = await visitor(viewport=WIDE, java_script_enabled=False)
        await page.goto(f"{console.address}/console?text=%EC%9A%94%EA%B8%88")
        await page.get_by_role("button", name="종결", exact=True).click()
        await expect(page.locator("#problem")).to_contain_text("먼저 묶음을 골라 주세요")
        for number in numbers[2:]:
            await page.get_by_label(f"{number}번 묶음 고르기").check()
        await page.get_by_label("종결 이유").select_option("noise")
        await page.get_by_role("button", name="종결", exact=True).click()
        await expect(page.locator("#done")).to_contain_text("묶음 2개를 종결했습니다")
        assert "text=" in urlsplit(page.url).query
        await page.get_by_role("button", name="되돌리기").click()
        assert await _state(console, numbers[3]) is GroupState.OPEN
        for number in numbers[:2]:
            await page.get_by_label(f"{number}번 묶음 고르기").check()
        await page.get_by_role("button", name="하나로 합치기").click()
        assert await _state(console, numbers[1]) is GroupState.MERGED
        await expect(page.locator("#groups a")).to_have_count(3)


async def test_an_answer_waits_for_another_clerks_approval(visitor: Visitor) -> None:
    async with served_console(needs_approval=True) as console:
        group = await console.office.group("수영장 요금은요?")
        first, second = await visitor(viewport=WIDE), await visitor(viewport=WIDE)
        await _sign_in(first, console)
        await first.get_by_role("link", name="수영장 요금은요?").click()
        await first.get_by_label("답변 쓰기").fill(ANSWER)
        await first.get_by_role("button", name="미리 보기").click()
        await first.get_by_role("button", name="승인 요청하기").click()
        await expect(first.locator("#done")).to_contain_text("승인을 기다립니다")
        await first.goto(f"{console.address}/console/groups/{group}")
        await expect(first.get_by_role("button", name="승인하고 보내기")).to_have_count(0)
        await _sign_in(second, console, LEE)
        await second.goto(f"{console.address}/console/groups/{group}")
        await second.get_by_role("button", name="승인하고 보내기").click()
        assert await _state(console, group) is GroupState.ANSWERED


@each_view
async def test_pages_for_answering_are_sound(visitor: Visitor, size: dict[str, int], scheme: str) -> None:
    async with served_console() as console:
        office = console.office
        group = await office.group("수영장 요금은 얼마예요?", "수영장 이용료가 궁금합니다", "수영장 할인은요?")
        await office.group("아주긴말이띄어쓰기없이이어지는질문이라서화면밖으로나갈수도있습니다" * 3, first_chat=300)
        await office.follow_up.saved_replies.save("평일 9시부터 18시까지입니다.", KIM)
        await office.follow_up.desk.take(group, KIM)
        office.clock.pass_(days=8)
        page = await visitor(viewport=size, color_scheme=scheme)
        await page.goto(f"{console.address}/console/sign-in")
        await must_be_sound(page)
        await _sign_in(page, console)
        await must_be_sound(page)
        await page.keyboard.press("?")
        await must_be_sound(page)
        await page.goto(f"{console.address}/console/groups/{group}")
        for summary in await page.locator("summary").all():
            await summary.click()
        await must_be_sound(page)
        await page.get_by_label("답변 쓰기").fill("문의는 010-1234-5678로 해 주세요.")
        await page.get_by_role("button", name="미리 보기").click()
        await expect(page.locator(".error")).to_have_count(1)
        await must_be_sound(page)
        await page.get_by_role("button", name="보내기").click()
        await must_be_sound(page)
        await page.goto(f"{console.address}/console/groups/{group}")
        await must_be_sound(page)
