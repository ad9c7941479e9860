"""One group: what citizens asked, what is near to it, what happened to it, and everything that can be done with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from bot.errors import FindingError
from bot.follow_up.previews import LinkChoice, asked_in, link_choices
from bot.follow_up.staff_texts import MOST_CHARACTERS
from bot.masking import mask
from bot.records.errors import FollowUpError
from bot.records.groups import UNDO_FOR, UNFINISHED, AuditRecord, DismissalReason, Group, GroupState
from bot.records.questions import RecordedQuestion
from bot.wording.staff.staff_acts import reason_text
from handlers.web.console.group_list_page import ListAddress
from handlers.web.console.visit import Visit, number_in, parameters
from knowledge.base import LANGUAGES, Language
from knowledge.finding import Outcome

_MOST_WORDINGS = 10
_MOST_ENTRIES = 6
_MOST_ACTS = 50
_MOST_OF_A_SEARCH = 300


async def group_page(visit: Visit) -> Response:
    """The group of the address."""
    return await show_group(visit, int(visit.request.path_params["number"]))


async def show_group(
    visit: Visit, number: int, *, text: str | None = None, own_reason: str = "", problem: str = ""
) -> Response:
    """The group's page; `text` is an answer that was begun, and `problem` says why something was not done.

    `own_reason` to dismiss it is to be confirmed.
    """
    desk, wanted = visit.follow_up.desk, visit.request.query_params
    group = await desk.group(number)
    questions = await desk.questions(number)
    searched = wanted.get("find", "").strip()[:_MOST_OF_A_SEARCH]
    if text is None:
        text = await _begun(visit, number, wanted)
    wordings = _wordings(questions)
    every = wanted.get("all") == "1"
    context = {
        "group": group,
        "wordings": wordings if every else wordings[:_MOST_WORDINGS],
        "further": 0 if every else max(0, len(wordings) - _MOST_WORDINGS),
        "askers": await desk.askers(number),
        "notes": await desk.notes(number),
        "searched": searched,
        "choices": await _choices(visit, number, searched),
        "timeline": [_happened(visit, record) for record in await desk.audit(_MOST_ACTS, number)],
        "saved_replies": await visit.follow_up.saved_replies.listed(),
        "reasons": [(reason.value, visit.act_words.reasons[reason]) for reason in DismissalReason],
        "reason": reason_text(group.standing.reason, visit.language),
        "text": text,
        "own_reason": own_reason,
        "most_characters": MOST_CHARACTERS,
        "language_of_answer": _language_to_write(group),
        "is_unfinished": group.state in UNFINISHED,
        "may_write": group.state in UNFINISHED or _other_language(group) is not None,
        "may_approve": _may_approve(visit, group),
        "undo_until": _undo_until(visit, group),
        "entry": visit.follow_up.workspace.knowledge().entries.get(group.standing.entry_id or ""),
        "is_overdue": group.is_overdue(visit.follow_up.workspace.clock()),
        "next_group": await _next_group(visit, number),
        "back": visit.back,
        "problem": problem,
        "done": visit.done(wanted),
        "languages": LANGUAGES,
    }
    return visit.page("console/group.html", context, status=409 if problem else 200)


async def _begun(visit: Visit, number: int, wanted: Mapping[str, str]) -> str:
    """The text to begin with: that of a preview that is to be changed, or a saved reply."""
    preview, reply = number_in(wanted.get("preview", "")), number_in(wanted.get("reply", ""))
    try:
        if preview:
            shown = await visit.follow_up.desk.shown(preview)
            return shown.text if shown.group.number == number and not shown.entry_id else ""
        return (await visit.follow_up.saved_replies.get(reply)).text if reply else ""
    except FollowUpError:
        return ""


async def _choices(visit: Visit, number: int, searched: str) -> Sequence[LinkChoice]:
    """The entries that could answer the group, or those near to what staff look for."""
    if not searched:
        return (await visit.follow_up.desk.link_choices(number))[:_MOST_ENTRIES]
    try:
        finding = await visit.finder.find(mask(searched))
    except FindingError:
        return []
    confidences = {found.entry.id: found.confidence for found in finding.candidates}
    return link_choices(confidences, visit.follow_up.workspace.knowledge())[:_MOST_ENTRIES]


def _wordings(questions: Sequence[RecordedQuestion]) -> list[dict[str, Any]]:
    """Each question as citizens worded it, with its oldest record, and whether an answer to it did not help."""
    by_number = {question.number: question for question in questions}
    return [
        {
            "asked": asked,
            "first": by_number[asked.numbers[0]],
            "not_helped": any(by_number[number].outcome is Outcome.ANSWER for number in asked.numbers),
        }
        for asked in asked_in(questions, ())
    ]


def _happened(visit: Visit, record: AuditRecord) -> dict[str, Any]:
    """An act as a line of the timeline."""
    after = record.after
    detail = after.get("asked") or reason_text(_text(after.get("reason")), visit.language) or after.get("entry_id")
    tried = after.get("tried") if record.act.value == "refused" else None
    return {
        "act": visit.act_words.acts[record.act],
        "by": record.by.name,
        "at": visit.moment(record.at),
        "detail": _text(tried or detail),
    }


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _other_language(group: Group) -> Language | None:
    """The language in which an answered group may be answered too; None for a linked one."""
    answer = group.standing.answer
    if group.state is not GroupState.ANSWERED or answer is None or group.standing.entry_id:
        return None
    return next((each for each in LANGUAGES if not answer.of_language(each)), None)


def _language_to_write(group: Group) -> Language:
    return _other_language(group) or group.language


def _may_approve(visit: Visit, group: Group) -> bool:
    drafted = group.standing.answered
    return group.state is GroupState.DRAFTED and drafted is not None and drafted.by.id != visit.member.id


def _undo_until(visit: Visit, group: Group) -> str:
    """Until when the group's last act can be undone; empty when that is over."""
    last = group.last
    if last is None or visit.follow_up.workspace.clock() >= last.deed.at + UNDO_FOR:
        return ""
    local = (last.deed.at + UNDO_FOR).astimezone(visit.follow_up.workspace.timezone)
    return f"{local:%H:%M:%S}"


async def _next_group(visit: Visit, number: int) -> int | None:
    """The first group of the list that staff came from, but for this one."""
    address = ListAddress.of(parameters(visit.back))
    first = await visit.follow_up.lists.first(address.filter, address.order, 2)
    return next((group.number for group in first if group.number != number), None)
