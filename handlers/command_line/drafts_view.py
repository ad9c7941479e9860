"""Drafts, and what they would change, as people and programs read them."""

from typing import TYPE_CHECKING, Any

from bot.wording.staff_acts import act_sentences
from handlers.command_line.output import language_of_terminal, one_line, staff_words, write_bytes
from handlers.command_line.questions_view import show_table
from knowledge.finding import Finding, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.records.drafts import Draft
    from knowledge.writing.comparing import Difference

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
    lines += [f"{words.answer} ({language}):\n{text}" for language, text in content.answer.items()]
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
