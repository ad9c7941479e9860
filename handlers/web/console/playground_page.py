"""The playground: a question, the reply as citizens read it, and why it is that."""

from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.dialogue.assistant import Reply
from bot.dialogue.presenter import Presenter
from bot.follow_up.previews import LEAST_LINKED
from bot.masking import mask
from bot.matcher_process.async_finder import Opened
from bot.records.errors import FollowUpError
from handlers.web.console.visit import HOME, Visit, field, number_in
from knowledge.base import Entry
from knowledge.finding import Finding, Outcome

_MOST_CHARACTERS = 1000
_MOST_WORDS = 12


def least_confidence(opened: Opened, practised: bool) -> float:
    """How sure is sure enough to answer; `practised` is as with the nearest candidate."""
    return opened.finder.enough(practised=practised)


async def playground_page(visit: Visit) -> Response:
    """Asks the question of the address; nothing of it is recorded."""
    question = visit.request.query_params.get("question", "").strip()[:_MOST_CHARACTERS]
    made = number_in(visit.request.query_params.get("draft", ""))
    context: dict[str, Any] = {"question": question, "reply": None, "made": made, "most_characters": _MOST_CHARACTERS}
    if question:
        assistant = visit.services.assistant
        reply = await assistant.consider(question, None, visit.language)
        presented = Presenter(assistant, visit.follow_up.workspace.timezone).reply(reply)
        practised = bool(reply.finding.candidates and reply.finding.candidates[0].practised)
        enough = await visit.finder.ask(least_confidence, practised)
        context |= {
            "reply": reply,
            "message": presented,
            "why": _why(visit, question, reply, enough),
            "helping": _helping(reply),
        }
    return visit.page("console/playground.html", context, section="playground")


def _why(visit: Visit, question: str, reply: Reply, enough: float) -> list[str]:
    """Why the reply is what it is, in sentences."""
    words, finding = visit.report_words, reply.finding
    if reply.service and not finding.candidates:
        return [words.why_service.format(service=words.services.get(reply.service.value, reply.service.value))]
    said = [_decided(visit, finding, enough)]
    masked = mask(question)
    if masked != question:
        said.append(words.masked_as.format(text=masked))
    if finding.understood:
        said.append(words.understood_as.format(text=finding.understood))
    if finding.morphemes:
        said.append(words.asked_about.format(words=", ".join(map(_word, finding.morphemes[:_MOST_WORDS]))))
    kinds = [words.kinds[kind] for kind in finding.kinds if kind in words.kinds]
    if kinds:
        said.append(words.kind_asked.format(words=", ".join(kinds)))
    if finding.outcome is not Outcome.ANSWER and _helping(reply) is None:
        said.append(words.new_needed)
    return said


def _word(morpheme: str) -> str:
    """A content morpheme as people know it: of verbs and adjectives, the form that stands in a dictionary."""
    form, _, tag = morpheme.rpartition("/")
    return f"{form}다" if tag == "V" and not form.isascii() else form or morpheme


def _decided(visit: Visit, finding: Finding, enough: float) -> str:
    words = visit.report_words
    nearest = finding.candidates[0] if finding.candidates else None
    if nearest is None:
        return words.nothing_near
    entry = finding.entry if finding.outcome is Outcome.ANSWER and finding.entry else nearest.entry
    return words.outcomes[finding.outcome].format(
        entry=entry.question.in_language(visit.language),
        percent=round(100 * finding.confidence),
        enough=round(100 * enough),
    )


def _helping(reply: Reply) -> Entry | None:
    """The near entry that would be found with the question among its phrasings; none where it was the answer."""
    finding = reply.finding
    if finding.outcome is Outcome.ANSWER or not reply.question:
        return None
    near = (found for found in finding.candidates if not found.entry.known_gap)
    return next((found.entry for found in near if found.confidence >= LEAST_LINKED), None)


async def make_draft(visit: Visit) -> Response:
    """Makes a draft of a question that is to be a phrasing of an entry."""
    form = await visit.form()
    question, entry_id = field(form, "question").strip()[:_MOST_CHARACTERS], field(form, "entry")
    try:
        draft = await visit.follow_up.drafts.propose(entry_id, question, visit.member)
    except FollowUpError:
        raise HTTPException(HTTPStatus.BAD_REQUEST) from None
    return visit.go(f"{HOME}/playground", question=question, draft=draft.number)
