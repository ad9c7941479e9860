"""The knowledge base as a workbook: taken out, brought back changed, looked at, and only then published.

Nothing is kept between the look and the publishing: the page carries the workbook itself, and a mark of what it would
change, so that nothing else is published than what was looked at, whichever instance is asked.
"""

import asyncio
import base64
import binascii
import hashlib
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.wording.editor_words import sheet_page_words
from handlers.web.console.visit import HOME, Visit, field, number_in
from knowledge.base import Language
from knowledge.errors import Fault, KnowledgeFaultsError, NotWrittenError
from knowledge.writing.changes import changed_lines

if TYPE_CHECKING:
    from knowledge.spreadsheet.import_plan import ImportPlan

SPREADSHEET = f"{HOME}/spreadsheet"
MOST_BYTES = 3_000_000
"""Of a workbook that is brought; ten times what three hundred entries take."""
LARGEST_BODY = 3 * MOST_BYTES // 2
"""Of a form that carries one: base64 makes four bytes of three."""
_MOST_FAULTS = 50
_LONGEST_NAME = 80
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_one_at_a_time = asyncio.Semaphore(1)
"""Reading a workbook takes seconds and memory, which citizens' questions need."""


# What reads and writes workbooks takes long to import, and most assistants are never brought one.


def _exported(folder: Path, language: Language) -> bytes:
    from knowledge.spreadsheet.workbook import exported

    return exported(folder, language)


def _planned(folder: Path, content: bytes, name: str, today: date) -> "ImportPlan":
    from knowledge.spreadsheet.import_plan import planned

    return planned(folder, content, name, today)


async def spreadsheet_page(visit: Visit) -> Response:
    """How to go about it, and what was just published."""
    counts = {name: number_in(visit.request.query_params.get(name, "")) for name in ("cells", "entries", "files")}
    is_done = None not in counts.values()
    return _show(visit, done=sheet_page_words(visit.language).published.format(**counts) if is_done else "")


async def workbook(visit: Visit) -> Response:
    """The knowledge base of the moment as a workbook."""
    try:
        async with _one_at_a_time:
            content = await asyncio.to_thread(_exported, visit.services.knowledge_dir, visit.language)
    except KnowledgeFaultsError as error:
        return _show(visit, faults=error.faults)
    headers = {"Content-Disposition": 'attachment; filename="knowledge.xlsx"', "Cache-Control": "no-store"}
    return Response(content, media_type=_XLSX, headers=headers)


async def act_on_workbook(visit: Visit) -> Response:
    """Shows what a workbook would change, or publishes what was shown."""
    form = await visit.form(files=1, largest=LARGEST_BODY)
    words = sheet_page_words(visit.language)
    try:
        try:
            content, name = await _brought(form)
        finally:
            await form.close()
        if not content:
            return _show(visit, problem=words.no_file)
        async with _one_at_a_time:
            today = visit.follow_up.workspace.today()
            plan = await asyncio.to_thread(_planned, visit.services.knowledge_dir, content, name, today)
            if field(form, "act") != "publish" or not plan.changes:
                return _show(visit, plan=plan, content=content, name=name)
            if field(form, "mark") != _mark(plan):
                return _show(visit, plan=plan, content=content, name=name, problem=words.changed_meanwhile)
            await visit.follow_up.drafts.publish_sheet(visit.services.knowledge_dir, plan, visit.member)
    except KnowledgeFaultsError as error:
        return _show(visit, faults=error.faults)
    except NotWrittenError as error:
        return _show(visit, problem=words.not_written.format(reason=error.told(visit.language)))
    return visit.go(SPREADSHEET, cells=plan.edited, entries=plan.added, files=len(plan.changes))


async def _brought(form: FormData) -> tuple[bytes, str]:
    """The workbook that the form carries, as a file or as the text of a field, and its name; empty without one."""
    file = form.get("file")
    if isinstance(file, UploadFile):
        return await file.read(MOST_BYTES + 1), _named(file.filename or "")
    try:
        return base64.b64decode(field(form, "content"), validate=True), _named(field(form, "name"))
    except (binascii.Error, ValueError):
        raise HTTPException(HTTPStatus.BAD_REQUEST) from None


def _named(name: str) -> str:
    """What faults call the workbook: the end of its path, in one line."""
    shown = "".join(letter for letter in name.replace("\\", "/").rpartition("/")[2] if letter.isprintable())
    return shown[-_LONGEST_NAME:] or "knowledge.xlsx"


def _mark(plan: "ImportPlan") -> str:
    """A short mark of everything that the plan would write, and over what."""
    digest = hashlib.sha256()
    for change in plan.changes:
        digest.update(repr((change.file, change.before, change.after)).encode())
    return digest.hexdigest()


def _show(
    visit: Visit,
    *,
    plan: "ImportPlan | None" = None,
    content: bytes = b"",
    name: str = "",
    faults: list[Fault] | None = None,
    done: str = "",
    problem: str = "",
) -> Response:
    words = sheet_page_words(visit.language)
    found = faults or []
    context = {
        "sheet": words,
        "plan": plan,
        "changes": [(change.file, list(changed_lines(change))) for change in plan.changes] if plan else [],
        "counts": {"cells": plan.edited, "entries": plan.added, "files": len(plan.changes)} if plan else {},
        "mark": _mark(plan) if plan else "",
        "content": base64.b64encode(content).decode(),
        "name": name,
        "faults": [fault.told(visit.language) for fault in found[:_MOST_FAULTS]],
        "notes": [note.told(visit.language) for note in plan.notes[:_MOST_FAULTS]] if plan else [],
        "more_faults": max(0, len(found) - _MOST_FAULTS),
        "more_notes": max(0, len(plan.notes) - _MOST_FAULTS) if plan else 0,
        "done": done,
        "problem": words.refused if found else problem,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if found else HTTPStatus.CONFLICT if problem else HTTPStatus.OK
    return visit.page("console/spreadsheet.html", context, section="entries", status=status)
