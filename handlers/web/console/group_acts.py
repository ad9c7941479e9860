"""What staff do with a group, on its page and on that of a preview. Whoever comes second is told who was first."""

from collections.abc import Awaitable, Callable

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.dialogue.presenter import notice
from bot.follow_up.notification import Notice, NoticeKind
from bot.follow_up.previews import AnswerPreview, Asked, asked_in
from bot.records.errors import (
    ActRefusedError,
    FollowUpError,
    Refusal,
    UnconfirmedTextError,
    UnknownGroupError,
    UnknownPreviewError,
)
from bot.records.groups import Group, GroupState
from handlers.web.console.group_page import show_group
from handlers.web.console.visit import HOME, Visit, field, number_in, numbers_in, parameters, tidy_query
from knowledge.base import LANGUAGES, Language


async def act_on_group(visit: Visit) -> Response:
    """Does what the pressed button says."""
    form, number = await visit.form(), int(visit.request.path_params["number"])
    act = _ACTS.get(field(form, "act"))
    if act is None:
        raise HTTPException(400)
    await visit.follow_up.desk.group(number)
    try:
        return await act(visit, number, form)
    except (FollowUpError, _NotANumberError) as error:
        said = visit.explained(error) if isinstance(error, FollowUpError) else visit.words.not_a_number
        return await show_group(visit, number, text=field(form, "text"), problem=said)


class _NotANumberError(Exception):
    """What should be the number of a group is none."""


def _stay(visit: Visit, number: int, form: FormData, done: str, **more: object) -> Response:
    back = tidy_query(field(form, "back"))
    return visit.go(f"{HOME}/groups/{number}", done=done, group=number, **more, back=back)


async def _preview(visit: Visit, number: int, form: FormData) -> Response:
    language: Language = next((each for each in LANGUAGES if each == field(form, "language")), "ko")
    shown = await visit.follow_up.desk.preview(number, field(form, "text"), language, visit.member)
    return visit.go(f"{HOME}/previews/{shown.number}", back=tidy_query(field(form, "back")))


async def _link(visit: Visit, number: int, form: FormData) -> Response:
    shown = await visit.follow_up.desk.preview_link(number, field(form, "entry"), visit.member)
    return visit.go(f"{HOME}/previews/{shown.number}", back=tidy_query(field(form, "back")))


async def _take(visit: Visit, number: int, form: FormData) -> Response:
    await visit.follow_up.desk.take(number, visit.member)
    return _stay(visit, number, form, "take")


async def _hand_over(visit: Visit, number: int, form: FormData) -> Response:
    await visit.follow_up.desk.hand_over(number, visit.member)
    return _stay(visit, number, form, "hand_over")


async def _approve(visit: Visit, number: int, form: FormData) -> Response:
    await visit.follow_up.desk.approve(number, visit.member, number_in(field(form, "revision")))
    return _stay(visit, number, form, "approve")


async def _reopen(visit: Visit, number: int, form: FormData) -> Response:
    await visit.follow_up.desk.reopen(number, visit.member)
    return _stay(visit, number, form, "reopen")


async def _undo(visit: Visit, number: int, form: FormData) -> Response:
    await visit.follow_up.desk.undo(number, visit.member)
    return _stay(visit, number, form, "undo")


async def _ask_back(visit: Visit, number: int, form: FormData) -> Response:
    await visit.follow_up.desk.ask_back(number, field(form, "text"), visit.member)
    return _stay(visit, number, form, "ask_back")


async def _dismiss(visit: Visit, number: int, form: FormData) -> Response:
    """A dismissed group needs nothing more, so the list follows."""
    reason = field(form, "text").strip() or field(form, "reason")
    confirmed = field(form, "confirmed") == reason
    try:
        await visit.follow_up.desk.dismiss(number, reason, visit.member, confirmed=confirmed)
    except UnconfirmedTextError as error:
        return await show_group(visit, number, own_reason=reason, problem=visit.explained(error))
    return to_list(visit, form, done="dismiss", group=number, undo=number)


async def _split(visit: Visit, number: int, form: FormData) -> Response:
    """Splits off the ticked questions; a tick stands for all that have the same words."""
    chosen = set(numbers_in(form, "question"))
    asked = asked_in(await visit.follow_up.desk.questions(number), ())
    alike = {other for each in asked if chosen & set(each.numbers) for other in each.numbers} | chosen
    _, other = await visit.follow_up.desk.split(number, alike, visit.member)
    return _stay(visit, number, form, "split", other=other.number)


async def _merge(visit: Visit, number: int, form: FormData) -> Response:
    other = number_in(field(form, "other"))
    if other is None:
        raise _NotANumberError
    try:
        await visit.follow_up.desk.merge(number, other, visit.member)
    except UnknownGroupError:
        raise _NotANumberError from None
    return _stay(visit, number, form, "merge", other=other)


async def _save_reply(visit: Visit, number: int, form: FormData) -> Response:
    """Keeps the text for another time; it stays in the field."""
    saved = await visit.follow_up.saved_replies.save(field(form, "text"), visit.member)
    return _stay(visit, number, form, "save_reply", reply=saved.number)


async def _remove_reply(visit: Visit, number: int, form: FormData) -> Response:
    await visit.follow_up.saved_replies.remove(number_in(field(form, "reply")) or 0)
    return _stay(visit, number, form, "remove_reply")


def to_list(visit: Visit, form: FormData, **told: object) -> Response:
    """The list that staff came from, which says what was done."""
    return visit.go(HOME, **{**parameters(field(form, "back")), **told})


def done_with(group_state: GroupState) -> str:
    """What is said after an answer: it is sent, or it waits for approval."""
    return "draft" if group_state is GroupState.DRAFTED else "answer"


_ACTS: dict[str, Callable[[Visit, int, FormData], Awaitable[Response]]] = {
    "preview": _preview,
    "link": _link,
    "take": _take,
    "hand_over": _hand_over,
    "approve": _approve,
    "reopen": _reopen,
    "undo": _undo,
    "ask_back": _ask_back,
    "dismiss": _dismiss,
    "split": _split,
    "merge": _merge,
    "save_reply": _save_reply,
    "remove_reply": _remove_reply,
}


_SHOWN_OPEN = 3
_MOST_SHOWN = 50
_LOOK_AGAIN = {Refusal.OTHER_QUESTIONS, Refusal.WRONG_QUESTIONS, Refusal.NOT_WRITER}


async def preview_page(visit: Visit) -> Response:
    """The preview of the address; one that is gone says so."""
    try:
        shown = await visit.follow_up.desk.shown(int(visit.request.path_params["number"]))
    except UnknownPreviewError:
        raise HTTPException(404) from None
    return _show(visit, shown, visit.back)


def _show(visit: Visit, shown: AnswerPreview, back: str, problem: str = "") -> Response:
    read = [(asked, _as_read(shown, asked)) for asked in shown.asked[:_MOST_SHOWN]]
    context = {
        "preview": shown,
        "open": read[:_SHOWN_OPEN],
        "closed": read[_SHOWN_OPEN:],
        "further": max(0, len(shown.asked) - _MOST_SHOWN),
        "cautions": [visit.act_words.cautions[caution] for caution in shown.cautions],
        "needs_approval": visit.follow_up.workspace.needs_approval,
        "back": back,
        "problem": problem,
    }
    return visit.page("console/preview.html", context, status=409 if problem else 200)


def _as_read(shown: AnswerPreview, asked: Asked) -> str:
    """The message that whoever asked in these words gets."""
    answer = Notice(NoticeKind.ANSWER, shown.answer.in_language(asked.language))
    return notice(asked.text, asked.language, answer).text


async def act_on_preview(visit: Visit) -> Response:
    """Sends what was shown, without the questions that are ticked, or does not send it."""
    form, number = await visit.form(), int(visit.request.path_params["number"])
    back, act = tidy_query(field(form, "back")), field(form, "act")
    desk = visit.follow_up.desk
    try:
        shown = await desk.shown(number)
        if act == "discard":
            await desk.discard_preview(number)
            return visit.go(f"{HOME}/groups/{shown.group.number}", back=back)
        if act != "send":
            raise HTTPException(400)
        group = await _send(visit, number, numbers_in(form, "leave_out"), number_in(field(form, "seen")))
    except UnknownPreviewError:
        raise HTTPException(404) from None
    except ActRefusedError as error:
        return await _refused(visit, number, error, back)
    return to_list(visit, form, done=done_with(group.state), group=group.number, undo=group.number)


async def _send(visit: Visit, preview: int, left_out: list[int], seen: int | None) -> Group:
    """Sends the preview without those questions, in one transaction: each becomes a group of its own."""
    desk = visit.follow_up.desk
    async with visit.follow_up.workspace.storage.unit():
        shown = await desk.shown(preview)
        if seen != shown.seen:
            raise ActRefusedError(shown.group.number, Refusal.OTHER_QUESTIONS)
        for question in left_out:
            shown = await desk.leave_out(preview, question, visit.member)
        return await desk.send(preview, visit.member, shown.seen)


async def _refused(visit: Visit, number: int, error: ActRefusedError, back: str) -> Response:
    """Shows what is to be looked at again, with why it was not sent; a text is never lost."""
    shown = await visit.follow_up.desk.shown(number)
    if error.refusal in _LOOK_AGAIN:
        return _show(visit, shown, back, visit.explained(error))
    text = "" if shown.entry_id else shown.text
    return await show_group(visit, shown.group.number, text=text, problem=visit.explained(error))
