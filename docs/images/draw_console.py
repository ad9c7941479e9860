"""Draws the pictures of the staff console in docs/staff.md, from a scripted run in a real browser.

    python docs/images/draw_console.py

It needs Chromium and a font with Korean.
"""  # noqa: INP001

import asyncio
import shutil
import sys
from pathlib import Path

from playwright.async_api import Page, ViewportSize, async_playwright

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parents[1]))

from bot.records.groups import StaffMember  # noqa: E402  # the project is run from its checkout
from knowledge.finding import Outcome  # noqa: E402
from tests.bot.follow_up.building import CHANNEL, Office  # noqa: E402
from tests.handlers.web.console.building import ServedConsole, served_console  # noqa: E402

_SIZE: ViewportSize = {"width": 1180, "height": 760}
_LEE = StaffMember("telegram:2", "이팀장")


async def draw() -> None:
    """Writes every picture."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    async with served_console() as console, async_playwright() as playwright:
        group = await _work(console.office)
        chromium = await playwright.chromium.launch(executable_path=program)
        context = await chromium.new_context(locale="ko-KR", viewport=_SIZE)
        page = await context.new_page()
        await page.goto(f"{console.address}/console/sign-in?code={await console.code()}")
        await _picture(page, "sign-in")
        await page.get_by_role("button", name="들어가기").click()
        await _draw_answering(page, console, group)
        await _draw_reports(page, console)
        await chromium.close()


async def _draw_answering(page: Page, console: ServedConsole, group: int) -> None:
    await _picture(page, "list")
    await page.goto(f"{console.address}/console/groups/{group}")
    await page.get_by_label("답변 쓰기").fill(
        "셔틀버스는 평일 8시부터 18시까지 30분마다 다닙니다.\n첨단1동 행정복지센터 앞에서 타세요."
    )
    await _picture(page, "group")
    await page.get_by_role("button", name="미리 보기").click()
    await _picture(page, "preview")
    await page.get_by_role("button", name="보내기").click()


async def _draw_reports(page: Page, console: ServedConsole) -> None:
    for name, path in {
        "draft": "drafts/1",
        "entries": "entries",
        "playground": "playground?question=가까이",
        "statistics": "statistics",
    }.items():
        await page.goto(f"{console.address}/console/{path}")
        await _picture(page, name)


async def _picture(page: Page, name: str) -> None:
    await page.screenshot(path=FOLDER / f"console-{name}.png", full_page=name != "statistics")


async def _work(office: Office) -> int:
    """A fortnight of questions; the number of the group that is answered in the pictures."""
    citizens = office.follow_up.citizens
    for day in range(14):
        for outcome in (*[Outcome.ANSWER] * (4 + day % 5), Outcome.SUGGESTIONS, Outcome.FALLBACK):
            await citizens.count(outcome, "budget" if outcome is Outcome.ANSWER else None)
        await citizens.vote(CHANNEL, day, 1, "budget", helpful=day % 4 > 0)
        office.clock.pass_(days=1)
    await office.group("주차 요금은 얼마인가요?", "주차 하루에 얼마예요?", first_chat=300)
    office.clock.pass_(days=6)
    group = await office.group("셔틀버스 시간표 알려 주세요", "셔틀버스 몇 시까지 있어요?", "셔틀버스 어디서 타요?")
    taken = await office.group("기업 입주 신청은 언제 하나요?", first_chat=500)
    await office.follow_up.desk.take(taken, _LEE)
    office.clock.pass_(days=2)
    await office.group("오늘 점심 메뉴는요?", first_chat=600, told=False)
    office.clock.pass_(minutes=25)
    return group


if __name__ == "__main__":
    asyncio.run(draw())
