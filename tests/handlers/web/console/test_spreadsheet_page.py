"""The knowledge base goes out of the console as a workbook and comes back, looked at before it is published."""

import html
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from bot.records.groups import Act
from handlers.web.console.spreadsheet_page import LARGEST_BODY, MOST_BYTES
from handlers.web.pages.site import FormTokens
from knowledge.loading.loader import load_knowledge
from tests.handlers.web.console.building import ServedConsole, served_console
from tests.handlers.web.pages.small_site import PAGES

PATH = "/console/spreadsheet"


class Clerk:
    """A member of the staff with a browser."""

    def __init__(self, console: ServedConsole, key: str, client: httpx.AsyncClient) -> None:
        self.console, self.key, self.client = console, key, client
        client.cookies.set("console", key)

    @property
    def folder(self) -> Path:
        return self.console.knowledge_dir

    async def take_out(self) -> bytes:
        return (await self.client.get(f"{PATH}/knowledge.xlsx")).raise_for_status().content

    async def look(self, content: bytes, name: str = "지식.xlsx", **form: str) -> httpx.Response:
        return await self._post({"act": "look", **form}, {"file": (name, content)})

    async def publish(self, seen: httpx.Response, **form: str) -> httpx.Response:
        fields = dict(re.findall(r'name="(name|mark|content)" value="([^"]*)"', seen.text))
        return await self._post(
            {"act": "publish", **{key: html.unescape(each) for key, each in fields.items()}, **form}
        )

    async def _post(self, form: dict[str, str], files: dict[str, tuple[str, bytes]] | None = None) -> httpx.Response:
        token = FormTokens(PAGES.secret).token(self.key)
        empty = {} if files else {"nothing": ("", b"")}  # has the client send the form as browsers do
        return await self.client.post(PATH, data={"token": token, **form}, files=files or empty)


async def _at_work(console: ServedConsole, work: Callable[[Clerk], Any], language: str = "ko") -> None:
    headers = {"Accept-Language": language}
    async with httpx.AsyncClient(
        base_url=console.address, timeout=60, headers=headers, follow_redirects=True
    ) as client:
        await work(Clerk(console, await console.key(), client))


def _changed(content: bytes, change: Callable[[Any], None]) -> bytes:
    book = load_workbook(io.BytesIO(content))
    change(book["cluster"])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _add(sheet: Any) -> None:
    sheet.append([None, "셔틀버스가 있나요?", "셔틀\n순환버스", "역에서 30분마다 떠납니다."])


def _bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(folder.rglob("*.yaml"))}


async def test_what_comes_back_unchanged_changes_nothing() -> None:
    async def work(clerk: Clerk) -> None:
        seen = await clerk.look(await clerk.take_out())
        assert seen.status_code == 200
        assert "바뀌는 것이 없습니다." in seen.text
        assert 'value="publish"' not in seen.text

    async with served_console() as console:
        await _at_work(console, work)


async def test_a_new_entry_is_shown_published_and_in_the_record() -> None:
    async def work(clerk: Clerk) -> None:
        before = _bytes_of(clerk.folder)
        seen = await clerk.look(_changed(await clerk.take_out(), _add))
        assert "바뀔 칸 0개, 새 항목 1개, 파일 1개. 아직 아무것도 쓰지 않았습니다." in seen.text
        assert "<ins>+     question: 셔틀버스가 있나요?</ins>" in seen.text
        assert _bytes_of(clerk.folder) == before
        done = await clerk.publish(seen)
        assert "적용했습니다. 바뀐 칸 0개, 새 항목 1개, 파일 1개." in done.text
        entries = load_knowledge(clerk.folder).entries.values()
        assert "역에서 30분마다 떠납니다." in [entry.answer.ko for entry in entries]
        (record,) = [each for each in await console.office.follow_up.desk.audit() if each.act is Act.IMPORT_SHEET]
        assert record.after == {"cells": 0, "entries": 1, "files": ["entries/cluster.yaml"]}
        assert "엑셀로 지식 고침" in (await clerk.client.get("/console/audit")).text

    async with served_console() as console:
        await _at_work(console, work)


async def test_what_was_not_looked_at_is_not_published() -> None:
    async def work(clerk: Clerk) -> None:
        seen = await clerk.look(_changed(await clerk.take_out(), _add))
        file = clerk.folder / "entries/cluster.yaml"
        file.write_text(f"# later\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
        before = _bytes_of(clerk.folder)
        again = await clerk.publish(seen)
        assert again.status_code == 409
        assert "그사이 지식 파일이 바뀌었습니다." in again.text
        assert _bytes_of(clerk.folder) == before
        assert (await clerk.publish(again)).status_code == 200
        assert _bytes_of(clerk.folder) != before

    async with served_console() as console:
        await _at_work(console, work)


async def test_a_cell_that_both_have_changed_is_said_and_left() -> None:
    async def work(clerk: Clerk) -> None:
        def change(sheet: Any) -> None:
            sheet.cell(2, 4).value = "엑셀에서 고친 답"

        content = _changed(await clerk.take_out(), change)
        file = clerk.folder / "entries/cluster.yaml"
        answer = next(iter(load_knowledge(clerk.folder).entries.values())).answer.ko
        file.write_text(file.read_text(encoding="utf-8").replace(answer, "파일에서 고친 답", 1), encoding="utf-8")
        seen = await clerk.look(content)
        assert "그대로 둔 것" in seen.text
        assert "파일: ‘파일에서 고친 답’ 엑셀: ‘엑셀에서 고친 답’" in seen.text
        assert "바뀌는 것이 없습니다." in seen.text

    async with served_console() as console:
        await _at_work(console, work)


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b" " * 100_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "korean", "english"),
    [
        (b"not a workbook", "엑셀 통합 문서(.xlsx)로 읽을 수 없습니다.", "workbook"),
        (b"\xd0\xcf\x11\xe0" * 99, "엑셀 통합 문서(.xlsx)로 읽을 수 없습니다.", "workbook"),
        (_bomb(), "파일이 너무 큽니다", "large"),
        (b"", "파일을 고르세요.", "Choose a file."),
    ],
    ids=["text", "old Excel", "bomb", "nothing"],
)
async def test_what_is_no_workbook_is_refused_in_a_plain_line(content: bytes, korean: str, english: str) -> None:
    for language, line in (("ko", korean), ("en", english)):

        async def work(clerk: Clerk, line: str = line) -> None:
            before = _bytes_of(clerk.folder)
            seen = await clerk.look(content, "<b>.xlsx")
            assert seen.status_code in {409, 422}
            assert line in html.unescape(seen.text)
            assert "<b>" not in seen.text
            assert _bytes_of(clerk.folder) == before

        async with served_console() as console:
            await _at_work(console, work, language)


async def test_a_mistake_in_a_cell_is_told_with_its_place() -> None:
    async def work(clerk: Clerk) -> None:
        def change(sheet: Any) -> None:
            sheet.cell(2, 4).value = "=SUM(1,2)"

        seen = await clerk.look(_changed(await clerk.take_out(), change))
        assert seen.status_code == 422
        assert "지식.xlsx[cluster] D2" in seen.text
        assert "칸에 수식이 있습니다" in seen.text

    async with served_console() as console:
        await _at_work(console, work)


async def test_what_is_larger_than_a_workbook_may_be_goes_no_further() -> None:
    async def work(clerk: Clerk) -> None:
        assert (await clerk.look(b"x" * (LARGEST_BODY + 1))).status_code == 413
        assert (await clerk.look(b"x" * MOST_BYTES)).status_code == 422
        assert (await clerk.client.post("/console", content=b"x" * MOST_BYTES)).status_code == 413

    async with served_console() as console:
        await _at_work(console, work)


async def test_who_is_no_staff_or_no_page_of_ours_brings_nothing() -> None:
    async def work(clerk: Clerk) -> None:
        content = _changed(await clerk.take_out(), _add)
        before = _bytes_of(clerk.folder)
        assert (await clerk.look(content, token="0" * 64)).status_code == 403
        seen = await clerk.look(content)
        assert (await clerk.publish(seen, token="0" * 64)).status_code == 403
        foreign = {"Sec-Fetch-Site": "cross-site"}
        assert (await clerk.client.post(PATH, files={"file": content}, headers=foreign)).status_code == 403
        clerk.client.cookies.clear()
        assert (await clerk.look(content)).status_code == 401
        assert (await clerk.publish(seen)).status_code == 401
        assert "sign-in" in str((await clerk.client.get(f"{PATH}/knowledge.xlsx")).url)
        assert _bytes_of(clerk.folder) == before

    async with served_console() as console:
        await _at_work(console, work)


async def test_files_that_cannot_be_written_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(clerk: Clerk) -> None:
        seen = await clerk.look(_changed(await clerk.take_out(), _add))
        before = _bytes_of(clerk.folder)

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("knowledge.writing.publication._replace", full)
        refused = await clerk.publish(seen)
        assert refused.status_code == 409
        assert "파일에 쓰지 못했습니다. 아무것도 바뀌지 않았습니다." in refused.text
        assert _bytes_of(clerk.folder) == before
        assert [each for each in await console.office.follow_up.desk.audit() if each.act is Act.IMPORT_SHEET] == []

    async with served_console() as console:
        await _at_work(console, work)
