"""An answer before it is sent: what each citizen will read, letter by letter, and which questions it does not go to."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.dialogue.presenter import notice
from bot.follow_up.notification import Notice, NoticeKind
from bot.follow_up.previews import AnswerPreview, Asked
from bot.records.errors import ActRefusedError, Refusal, UnknownPreviewError
from bot.records.groups import Group
from handlers.web.console.group_acts import done_with, to_list
from handlers.web.console.group_page import show_group
from handlers.web.console.visit import HOME, Visit, field, number_in, numbers_in, tidy_query

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
