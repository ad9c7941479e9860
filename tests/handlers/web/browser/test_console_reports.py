"""The console's pages of drafts, entries, trials, figures, records and health, in a real browser."""

import csv
import io
from pathlib import Path

from openpyxl import load_workbook
from playwright.async_api import expect

from bot.records.drafts import DraftState
from knowledge.finding import Outcome
from tests.bot.follow_up.building import CHANNEL, KIM, offered
from tests.handlers.web.browser.checks import SMALLEST, WIDE, each_view, must_be_sound
from tests.handlers.web.browser.conftest import Visitor
from tests.handlers.web.console.building import ServedConsole, served_console

PAGES = (
    "unhelpful", "drafts", "drafts/1", "entries", "entries?text=예산", "entries/budget", "entries/gap-parking",
    "spreadsheet", "playground", "playground?question=어디예요?", "playground?question=가까이", "statistics?days=7",
    "audit", "health",
)  # fmt: skip


async def _fill(console: ServedConsole) -> None:
    """A week of work: questions, votes, answers and drafts."""
    follow_up, clock = console.office.follow_up, console.office.clock
    for day in range(7):
        for outcome in Outcome:
            await follow_up.citizens.count(outcome, "budget" if outcome is Outcome.ANSWER else None)
        await follow_up.citizens.vote(CHANNEL, day, 1, "budget", helpful=day > 1)
        clock.pass_(days=1)
    group = await console.office.group("수영장 요금은요?", "수영장 이용료가 궁금해요")
    await follow_up.desk.answer(group, "성인 4,000원입니다.", "ko", KIM)


@each_view
async def test_pages_are_sound(visitor: Visitor, size: dict[str, int], scheme: str) -> None:
    async with served_console(is_local=True) as console:
        await _fill(console)
        await offered(console.office, "돈이 얼마나 든대요", 100, "budget")
        page = await visitor(viewport=size, color_scheme=scheme)
        for path in PAGES:
            response = await page.goto(f"{console.address}/console/{path}")
            assert response is not None
            assert response.status == 200, path
            await must_be_sound(page)


async def test_news_of_faulty_files_are_sound(visitor: Visitor) -> None:
    fault = f"entries/{'long-' * 30}.yaml:3:5: 오류"
    async with served_console(is_local=True, problem_of_files=lambda _: fault) as console:
        for scheme in ("light", "dark"):
            page = await visitor(viewport=SMALLEST, color_scheme=scheme)
            for path in ("", "/health"):
                await page.goto(f"{console.address}/console{path}")
                await expect(page.locator("#files")).to_contain_text(fault)
                await must_be_sound(page)


async def test_pages_are_in_english_too(visitor: Visitor) -> None:
    async with served_console(is_local=True) as console:
        await _fill(console)
        page = await visitor(viewport=WIDE, locale="en-GB")
        for path in ("", *PAGES):
            await page.goto(f"{console.address}/console/{path}")
            assert await page.locator("html").get_attribute("lang") == "en"
            await expect(page.locator("nav.sections")).to_contain_text("Questions")


async def test_a_draft_shows_the_lines_that_change_and_can_be_discarded(visitor: Visitor) -> None:
    async with served_console(is_local=True) as console:
        await _fill(console)
        page = await visitor(viewport=WIDE, java_script_enabled=False)
        await page.goto(f"{console.address}/console/drafts")
        await page.get_by_role("link", name="초안 1").click()
        await expect(page.locator("ins", has_text="수영장 이용료가 궁금해요")).to_be_visible()
        await expect(page.locator("li", has_text="수영장 요금은요? → 답하지 못함")).to_be_visible()
        await page.get_by_role("button", name="초안 버리기").click()
        await expect(page.locator("main")).to_contain_text("새 초안이 없습니다")
        assert await console.office.follow_up.drafts.listed(DraftState.NEW) == []


async def test_a_draft_is_tried_before_anything_is_written(visitor: Visitor) -> None:
    async with served_console(is_local=True) as console:
        await _fill(console)
        page = await visitor(viewport=WIDE, java_script_enabled=False)
        await page.goto(f"{console.address}/console/drafts/1")
        await page.get_by_role("button", name="넣으면 어떻게 되는지 보기").click()
        await expect(page.locator("main")).to_contain_text("초안 1의 질문: 답하지 못함 → 답함: 예산이 얼마예요?")
        await expect(page.locator("main")).to_contain_text("7개도 물어봤습니다. 그 가운데 1개의 답이 달라집니다")


async def test_what_speaks_against_a_trial_is_said(visitor: Visitor) -> None:
    async with served_console(is_local=True, trial_ends_with="draft 1: an entry has the id") as console:
        await _fill(console)
        page = await visitor(viewport=WIDE, java_script_enabled=False)
        await page.goto(f"{console.address}/console/drafts/1")
        await page.get_by_role("button", name="넣으면 어떻게 되는지 보기").click()
        await expect(page.locator("#problem")).to_contain_text("an entry has the id")


async def test_the_playground_says_why_and_makes_a_draft_and_records_nothing(visitor: Visitor) -> None:
    async with served_console(is_local=True) as console:
        page = await visitor(viewport=WIDE, java_script_enabled=False)
        await page.goto(f"{console.address}/console/playground")
        await page.get_by_label("질문").fill("어디예요?")
        await page.get_by_role("button", name="물어보기").click()
        await expect(page.locator(".bubble")).to_contain_text("첨단3지구입니다.")
        await expect(page.locator("main")).to_contain_text("맞을 확률이 90%")
        await page.get_by_label("질문").fill("가까이 있나요? 010-1234-5678")
        await page.get_by_role("button", name="물어보기").click()
        await expect(page.locator("main")).to_contain_text("가까이 있나요? [전화번호")
        await page.get_by_label("질문").fill("가까이")
        await page.get_by_role("button", name="물어보기").click()
        await expect(page.locator("main")).to_contain_text("‘가까이’ 표현을 ‘어디예요?’ 항목에 넣으면")
        await page.get_by_role("button", name="초안으로 만들기").click()
        await page.get_by_role("link", name="초안 1번을 만들었습니다").click()
        await expect(page.locator("ins", has_text="가까이").first).to_be_visible()
        (draft,) = await console.office.follow_up.drafts.listed(DraftState.NEW)
        assert (draft.entry_id, dict(draft.content.phrasings)) == ("place", {"ko": ("가까이",)})
        assert await console.office.storage.questions.listed() == []


async def test_entries_are_found_by_their_words_and_show_their_use(visitor: Visitor) -> None:
    async with served_console(is_local=True) as console:
        await _fill(console)
        page = await visitor(viewport=WIDE, java_script_enabled=False)
        await page.goto(f"{console.address}/console/entries")
        await expect(page.locator("h1")).to_contain_text("3개")
        await page.get_by_label("찾기").fill("4116억원")
        await page.get_by_role("button", name="보기").click()
        await expect(page.locator("h1")).to_contain_text("1개")
        await page.get_by_role("link", name="예산이 얼마예요?").click()
        await expect(page.locator("main")).to_contain_text("7번 답했습니다")
        await expect(page.locator("main")).to_contain_text("도움 됨 5 · 도움 안 됨 2")


async def test_tables_can_be_taken_away_and_nothing_in_them_acts(visitor: Visitor, tmp_path: Path) -> None:
    async with served_console(is_local=True) as console:
        await console.office.group("=HYPERLINK(1)")
        page = await visitor(viewport=WIDE)
        await page.goto(f"{console.address}/console/statistics")
        for form in ("CSV", "XLSX"):
            async with page.expect_download() as coming:
                await page.get_by_role("link", name=form, exact=True).click()
            await (await coming.value).save_as(tmp_path / f"table.{form.lower()}")
        (row,) = csv.DictReader(io.StringIO((tmp_path / "table.csv").read_text("utf-8-sig")))
        assert row["question"] == "'=HYPERLINK(1)"
        sheet = load_workbook(tmp_path / "table.xlsx").active
        assert sheet is not None
        assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "inlineStr"}
        assert sheet["F2"].value == "=HYPERLINK(1)"


async def test_each_picture_of_the_figures_is_drawn(visitor: Visitor) -> None:
    async with served_console(is_local=True) as console:
        await _fill(console)
        page = await visitor(viewport=WIDE)
        await page.goto(f"{console.address}/console/statistics")
        drawn = await page.evaluate("[...document.images].map(image => image.complete && image.naturalWidth)")
        assert drawn == [900, 900, 900, 900]


async def test_records_say_who_did_what(visitor: Visitor) -> None:
    async with served_console(is_local=True) as console:
        await _fill(console)
        page = await visitor(viewport=WIDE, java_script_enabled=False)
        await page.goto(f"{console.address}/console/audit")
        await expect(page.locator("tbody tr")).to_have_count(1)
        await expect(page.locator("tbody tr")).to_contain_text("김주무관")
        assert "수영장" not in await page.content()


async def test_a_workbook_goes_out_comes_back_and_is_published(visitor: Visitor, tmp_path: Path) -> None:
    async with served_console(is_local=True) as console:
        for size, scripts in ((SMALLEST, True), (WIDE, False)):
            page = await visitor(viewport=size, java_script_enabled=scripts)
            await page.goto(f"{console.address}/console/entries")
            await page.get_by_role("link", name="엑셀로 고치기").click()
            async with page.expect_download() as download:
                await page.get_by_role("link", name="엑셀 파일 받기").click()
            file = tmp_path / "지식.xlsx"
            await (await download.value).save_as(file)
            book = load_workbook(file)
            book["cluster"].append([None, f"셔틀 {scripts}?", None, "30분마다 떠납니다. " + "아주 긴 답 " * 40])
            book["cluster"].cell(2, 12).value = "없는-항목 여럿"
            book.save(file)
            await page.get_by_label("고친 엑셀 파일").set_input_files(file)
            await page.get_by_role("button", name="무엇이 바뀌는지 보기").click()
            await expect(page.locator("#faults")).to_be_visible()
            if scripts:
                await must_be_sound(page)
            book["cluster"].cell(2, 12).value = None
            book.save(file)
            await page.get_by_label("고친 엑셀 파일").set_input_files(file)
            await page.get_by_role("button", name="무엇이 바뀌는지 보기").click()
            await expect(page.locator("ins", has_text=f"셔틀 {scripts}?")).to_be_visible()
            if scripts:
                await must_be_sound(page)
            await page.get_by_role("button", name="이대로 적용하기").click()
            await expect(page.locator("#done")).to_contain_text("새 항목 1개")
            assert f"셔틀 {scripts}?" in (console.knowledge_dir / "entries/cluster.yaml").read_text(encoding="utf-8")
