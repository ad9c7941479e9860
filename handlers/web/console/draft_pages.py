"""Drafts: what they would add to the knowledge base, line by line, and what citizens get for their words now."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.follow_up.drafts.draft_desk import Plan
from bot.follow_up.drafts.trial_process import TrialFailedError, Tried
from bot.masking import mask
from bot.records.drafts import Draft, DraftState
from bot.records.errors import DraftFaultsError, UnknownSuggestionError
from handlers.web.console.visit import HOME, Visit, field, number_in
from knowledge.errors import KnowledgeError
from knowledge.finding import Finding
from knowledge.writing.changes import changed_lines, changes

_MOST_ASKED = 12
_MOST_SUGGESTED = 50


async def drafts_page(visit: Visit) -> Response:
    """The new drafts, the oldest first, and the wordings of citizens that may become drafts."""
    made = number_in(visit.request.query_params.get("made", ""))
    return await _list(visit, done=visit.report_words.draft_made.format(number=made) if made else "")


async def _list(visit: Visit, *, done: str = "", problem: str = "") -> Response:
    suggested = await visit.follow_up.drafts.suggested()
    entries = visit.follow_up.workspace.knowledge().entries
    chosen = ((wording, entries.get(wording.entry_id)) for wording in suggested)
    context = {
        "drafts": await visit.follow_up.drafts.listed(DraftState.NEW),
        "suggested": [(wording, entry) for wording, entry in chosen if entry][:_MOST_SUGGESTED],
        "done": done,
        "problem": problem,
    }
    return visit.page("console/drafts.html", context, section="drafts", status=409 if problem else 200)


async def accept_wording(visit: Visit) -> Response:
    """Makes a draft of a suggested wording."""
    number = number_in(field(await visit.form(), "wording"))
    if number is None:
        raise HTTPException(400)
    try:
        draft = await visit.follow_up.drafts.accept(number, visit.member)
    except UnknownSuggestionError:  # somebody else was faster, or its question has been destroyed
        return await _list(visit, problem=visit.report_words.wording_gone)
    return visit.go(f"{HOME}/drafts", made=draft.number)


async def draft_page(visit: Visit) -> Response:
    """One new draft with what it changes in the files."""
    return await _show(visit, await _draft(visit))


async def _show(visit: Visit, draft: Draft, tried: Tried | None = None, problem: str = "") -> Response:
    faults, plan = await _plan(visit, draft)
    asked = [text for _, text in draft.content.asked()][:_MOST_ASKED]
    context = {
        "draft": draft,
        "faults": faults,
        "doubtful": plan is not None and bool(plan.doubtful),
        "is_present": plan is not None and bool(plan.present),
        "changes": await _changes(visit, plan) if plan else [],
        "now": [(text, await visit.finder.find(mask(text))) for text in asked],
        "described": lambda finding: _described(visit, finding),
        "can_try": visit.services.trials is not None and not faults,
        "tried": tried,
        "told": lambda got: _told(visit, got),
        "problem": problem,
    }
    return visit.page("console/draft.html", context, section="drafts")


async def act_on_draft(visit: Visit) -> Response:
    """Discards the draft, or tries what citizens would get with it."""
    form, draft = await visit.form(), await _draft(visit)
    if field(form, "act") == "try" and visit.services.trials:
        try:
            return await _show(visit, draft, await visit.services.trials.run(draft.number))
        except TrialFailedError as error:
            return await _show(visit, draft, problem=str(error))
    if field(form, "act") != "discard":
        raise HTTPException(400)
    await visit.follow_up.drafts.discard([draft.number], visit.member)
    return visit.go(f"{HOME}/drafts")


async def _draft(visit: Visit) -> Draft:
    number = int(visit.request.path_params["number"])
    drafts = await visit.follow_up.drafts.listed(DraftState.NEW)
    found = next((draft for draft in drafts if draft.number == number), None)
    if found is None:
        raise HTTPException(404)
    return found


async def _plan(visit: Visit, draft: Draft) -> tuple[list[str], Plan | None]:
    """What keeps the draft from being put in, or what is to be put in."""
    try:
        return [], await visit.follow_up.drafts.plan([draft.number])
    except DraftFaultsError as error:
        return [fault.message for fault in error.faults], None


async def _changes(visit: Visit, plan: Plan) -> list[tuple[str, list[tuple[str, str]]]]:
    """The files that change, each with its lines: a sign (+, - or a blank) and the line."""
    try:
        found = await asyncio.to_thread(changes, visit.services.knowledge_dir, plan.additions)
    except KnowledgeError as error:
        return [(str(error), [])]
    except KeyError:  # somebody has just taken the entry out of its file
        return []
    return [(change.file, list(changed_lines(change))) for change in found]


def _described(visit: Visit, finding: Finding) -> str:
    """What a citizen gets, in a few words."""
    nearest = finding.entry or (finding.candidates[0].entry if finding.candidates else None)
    outcome = visit.report_words.figures[_FIGURES[finding.outcome.value]]
    return f"{outcome}: {nearest.question.in_language(visit.language)}" if nearest else outcome


def _told(visit: Visit, got: tuple[str, str | None]) -> str:
    """What a citizen gets, by its outcome and entry's id."""
    outcome, entry_id = got
    entry = visit.follow_up.workspace.knowledge().entries.get(entry_id or "")
    named = entry.question.in_language(visit.language) if entry else entry_id
    said = visit.report_words.figures[_FIGURES[outcome]]
    return f"{said}: {named}" if named else said


_FIGURES = {"answer": "answered", "suggestions": "suggested", "fallback": "refused"}
