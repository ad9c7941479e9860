"""Drafts, and what they would change, as people and programs read them."""

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from bot.wording.staff.staff_acts import act_sentences
from bot.wording.terminal import plain_lines
from handlers.command_line.follow_up.question_views import show_table
from handlers.command_line.output import counted_on_a_bar, language_of_terminal, one_line, staff_words, write_bytes
from knowledge.finding import Finding, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from bot.follow_up.drafts.draft_trial import DraftTrial, TrialResult
    from bot.records.drafts import CitizensWording, Draft
    from knowledge.loading.question_files import Case
    from knowledge.writing.differences import Difference

_MOST_SHOWN = 50


def draft_object(draft: "Draft") -> dict[str, Any]:
    """The draft as an object."""
    content = draft.content
    return {
        "number": draft.number,
        "group": draft.group,
        "kind": draft.kind.value,
        "state": draft.state.value,
        "entry_id": draft.entry_id,
        "topic": content.topic,
        "question": dict(content.question),
        "phrasings": {language: list(texts) for language, texts in content.phrasings.items()},
        "answer": dict(content.answer),
        "as_of": content.as_of,
        "made_at": draft.made_at.isoformat(),
    }


def suggestion_object(wording: "CitizensWording") -> dict[str, Any]:
    """The suggested wording as an object."""
    return {
        "number": wording.number,
        "people": wording.people,
        "text": wording.text,
        "language": wording.language,
        "entry_id": wording.entry_id,
    }


def show_suggestions(wordings: "Sequence[CitizensWording]") -> None:
    """The suggested wordings, a sentence each, with the command that accepts one."""
    words = staff_words()
    lines = [
        words.suggested_wording.format(
            number=each.number, people=each.people, text=one_line(each.text), entry=each.entry_id
        )
        for each in wordings
    ]
    lines = [*lines, words.accept_wording] if lines else [words.no_wordings]
    write_bytes("".join(f"{line}\n" for line in lines).encode())


def show_drafts(drafts: "Sequence[Draft]") -> None:
    """The drafts, one a line."""
    words, names = staff_words(), act_sentences(language_of_terminal())
    heads = (words.draft, words.group, words.kind, words.state, words.entry, words.question)
    rows = [
        (
            str(draft.number),
            str(draft.group),
            names.draft_kinds[draft.kind],
            names.draft_states[draft.state],
            draft.entry_id,
            _first_words(draft),
        )
        for draft in drafts
    ]
    plain = ("\t".join((str(d.number), d.kind, d.state, d.entry_id, one_line(_first_words(d)))) for d in drafts)
    show_table(heads, rows, plain, words.no_drafts)


def show_draft(draft: "Draft") -> None:
    """All that a draft adds, line by line."""
    words, content = staff_words(), draft.content
    lines = [f"{words.draft}: {draft.number}", f"{words.entry}: {draft.entry_id}"]
    lines += [f"{words.topic}: {content.topic}"] if content.topic else []
    lines += [f"{words.question} ({language}): {one_line(text)}" for language, text in content.question.items()]
    lines += [f"  - {one_line(text)}" for texts in content.phrasings.values() for text in texts]
    lines += [f"{words.answer} ({language}):\n{plain_lines(text)}" for language, text in content.answer.items()]
    write_bytes("".join(f"{line}\n" for line in lines).encode())


def question_lines(asked: "Iterable[tuple[Draft, str, Finding, Finding]]") -> list[str]:
    """What becomes of the drafts' own questions, before and after."""
    words = staff_words()
    lines = [words.before_after]
    for draft, question, before, after in asked:
        found = after.outcome is Outcome.ANSWER and after.entry is not None and after.entry.id == draft.entry_id
        mark = "" if found else f" ({words.not_found_yet})"
        lines.append(f"  {draft.number}  {one_line(question)}: {described(before)} → {described(after)}{mark}")
    return lines


def difference_lines(differences: "Sequence[Difference]", asked: int) -> list[str]:
    """The practice questions with another outcome, the worse ones first."""
    words = staff_words()
    if not differences:
        return [words.no_changes.format(asked=asked)]
    lines = [words.changes.format(count=len(differences), asked=asked)]
    for each in sorted(differences, key=lambda difference: difference.worth)[:_MOST_SHOWN]:
        kind = words.worse if each.worth < 0 else words.better if each.worth > 0 else words.other
        lines.append(f"  [{kind}] {one_line(each.question)}: {described(each.before)} → {described(each.after)}")
    more = len(differences) - _MOST_SHOWN
    return [*lines, f"  {words.and_more.format(count=more)}"] if more > 0 else lines


def described(finding: Finding) -> str:
    """What a citizen gets, in a few words."""
    words = staff_words()
    if finding.outcome is Outcome.SUGGESTIONS:
        return words.suggested.format(entries=", ".join(entry.id for entry in finding.suggestions))
    if finding.outcome is Outcome.ANSWER and finding.entry:
        return words.answered_with.format(entry=finding.entry.id)
    return f"{words.fallback} ({finding.entry.id})" if finding.entry else words.fallback


def finding_object(finding: Finding) -> dict[str, Any]:
    """What a citizen gets, as an object."""
    return {
        "outcome": finding.outcome.value,
        "entry_id": finding.entry.id if finding.entry else None,
        "confidence": finding.confidence,
        "suggestions": [entry.id for entry in finding.suggestions],
    }


def _first_words(draft: "Draft") -> str:
    return next((text for _, text in draft.content.asked()), "")


def say_trial(trial: "DraftTrial", folder: "Path", *, written: bool) -> None:
    """Which drafts and files it was, in a line or two."""
    words, plan = staff_words(), trial.plan
    if plan.present:
        typer.echo(words.was_written.format(drafts=", ".join(str(draft.number) for draft in plan.present)))
    if plan.drafts:
        numbers = ", ".join(str(draft.number) for draft in plan.drafts)
        files = ", ".join(str(folder / change.file) for change in trial.changed)
        typer.echo((words.written if written else words.would_write).format(drafts=numbers, files=files))
    elif not plan.present:
        typer.echo(words.no_drafts)


def trial_object(trial: "DraftTrial", result: "TrialResult", *, written: bool) -> dict[str, Any]:
    """The trial as an object; `written` says whether the files were written."""
    return {
        "written": written,
        "drafts": [draft_object(draft) for draft in trial.plan.drafts],
        "present": [draft.number for draft in trial.plan.present],
        "files": [change.file for change in trial.changed],
        "questions": [
            {"draft": draft.number, "question": text, "before": finding_object(one), "after": finding_object(other)}
            for draft, text, one, other in result.questions
        ],
        "asked": result.asked,
        "differences": [
            {
                "id": each.id,
                "question": each.question,
                "before": finding_object(each.before),
                "after": finding_object(each.after),
                "worth": each.worth,
            }
            for each in result.differences
        ],
    }


@contextmanager
def progress(cases: "list[Case]") -> "Iterator[Iterable[Case]]":
    """The cases, counted on a bar."""
    with counted_on_a_bar(len(cases)) as counted:
        yield counted(cases)
