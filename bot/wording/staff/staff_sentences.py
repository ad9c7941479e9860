"""What staff read at the terminal, as fields that each language fills."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.records.questions import QuestionState
from knowledge.finding import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSentences:
    """One language's sentences. `{names}` in them are filled in by the caller."""

    number: str
    asked_at: str
    state: str
    outcome: str
    language: str
    question: str
    nearest: str
    close_groups: str
    """Above groups that may ask the same."""
    close_group: str
    states: Mapping[QuestionState, str]
    outcomes: Mapping[Outcome, str]
    no_questions: str
    upgraded: str
    """With {revision}."""
    backed_up: str
    """With {file}."""
    restored: str
    """With {file}, {calls} that may have been sent and {updates} that wait."""
    restored_alone: str
    after_restore: str
    replaced: str
    """With {file}."""
    moved: str
    """With {rows}, {questions} and {place}."""
    under_new_key: str
    needs_checked: str
    """With {texts}."""
    dead_letter: str
    """With {number}, {day} and {reason}."""
    no_dead_letters: str
    audit_clean: str
    """With {places}."""
    audit_leak: str
    """With {place} and {kind}."""
    audit_expired: str
    """With {table} and {count}."""
    purged: str
    """With {offered} and {expired}: how many questions."""

    group: str
    count: str
    due: str
    overdue: str
    answer: str
    entry: str
    reason: str
    by: str
    at: str
    act: str
    askers: str
    note: str
    merged_into: str
    """With {group}."""
    no_groups: str
    no_acts: str
    done: str
    """With {group}, {act}, {state} and {count}: questions in it."""
    sent_at: str
    """With {at} and {count}: citizens who are told then."""
    paused: str
    """With {by} and {at}."""
    resumed: str
    not_paused: str
    goes_to: str
    may_be_sent: str
    """With {count}: citizens who want to be told."""
    needs_yes: str
    not_sent: str
    undo: str
    """With {number}."""
    split: str
    """With {group} and {count}: the new group and how many questions it has."""
    asked_back: str
    """With {at} and {count}: citizens who are asked then."""
    caution: str
    """With {text}."""

    statistics: str
    """With {first} and {last}: days."""
    day: str
    topic: str
    total: str
    figures: Mapping[str, str]
    """The columns: by the name of a figure."""
    time_to_answer: str
    """With {count}, {median} and {p90}."""
    not_answered: str
    most_asked: str
    hours: str
    """With {hours}."""
    no_topic: str

    no_drafts: str
    suggested_wording: str
    accept_wording: str
    no_wordings: str
    accepted: str
    draft: str
    kind: str
    discarded: str
    """With {numbers}."""
    changed: str
    """With {number}."""
    would_write: str
    """With {drafts} and {files}."""
    written: str
    """With {drafts} and {files}."""
    was_written: str
    """With {drafts}: they stood in the files already."""
    before_after: str
    answered_with: str
    """With {entry}."""
    suggested: str
    """With {entries}."""
    fallback: str
    not_found_yet: str
    """Marks a question that is not answered with its draft's entry."""
    and_more: str
    """With {count}: how many are not listed."""
    changes: str
    """With {count} and {asked}: questions with another outcome, of those asked."""
    no_changes: str
    """With {asked}."""
    worse: str
    better: str
    other: str
    nothing_written: str
