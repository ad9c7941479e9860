"""Recorded questions, groups and acts as JSON objects, for programs."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.follow_up.overview.question_export import nearest_objects, question_object

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.follow_up.overview.reports import Figures, Statistics
    from bot.records.groups import AuditRecord, Deed, Group, Note
    from bot.records.questions import AskerState, RecordedQuestion


def group_object(group: "Group", questions: "Iterable[RecordedQuestion]" = ()) -> dict[str, Any]:
    """The group as an object, with the numbers of its questions."""
    standing = group.standing
    return {
        "group": group.number,
        "state": group.state.value,
        "title": group.title,
        "count": group.count,
        "questions": [question.number for question in questions],
        "languages": list(group.languages),
        "first_asked_at": group.first_asked_at.isoformat(),
        "last_asked_at": group.last_asked_at.isoformat(),
        "due_at": group.due_at.isoformat(),
        "nearest": nearest_objects(group.nearest),
        "taken": _deed(standing.taken),
        "answer": {"ko": standing.answer.ko, "en": standing.answer.en} if standing.answer else None,
        "entry_id": standing.entry_id,
        "answered": _deed(standing.answered),
        "approved": _deed(standing.approved),
        "send_at": _moment(standing.send_at),
        "dismissed": _deed(standing.dismissed),
        "reason": standing.reason,
        "merged_into": standing.merged_into,
    }


def details_object(group: "Group", askers: "dict[AskerState, int]", notes: "Iterable[Note]") -> dict[str, Any]:
    """What more is known of a group: how its askers stand, and what citizens added."""
    return {
        **group_object(group),
        "askers": {state.value: count for state, count in askers.items()},
        "notes": [{"question": note.question, "text": note.text, "at": note.at.isoformat()} for note in notes],
    }


def audit_object(record: "AuditRecord") -> dict[str, Any]:
    """The act as an object."""
    return {
        "number": record.number,
        "at": record.at.isoformat(),
        "by": {"id": record.by.id, "name": record.by.name},
        "act": record.act.value,
        "group": record.group,
        "before": record.before,
        "after": record.after,
    }


def statistics_object(statistics: "Statistics") -> dict[str, Any]:
    """The figures as an object; times are in seconds."""
    times = {"median": statistics.median, "p90": statistics.p90}
    return {
        "first": statistics.first.isoformat(),
        "last": statistics.last.isoformat(),
        "total": figures_object(statistics.total),
        "by_day": [{"day": day.isoformat(), **figures_object(figures)} for day, figures in statistics.by_day],
        "by_topic": [{"topic": topic, **figures_object(figures)} for topic, figures in statistics.by_topic],
        "groups_answered": statistics.groups_answered,
        "seconds_to_answer": {name: time.total_seconds() if time else None for name, time in times.items()},
        "most_asked": [group_object(group) for group in statistics.most_asked],
    }


def figures_object(figures: "Figures") -> dict[str, Any]:
    """The figures, each by its name."""
    return {
        "asked": figures.asked,
        "answered": figures.answered,
        "suggested": figures.suggested,
        "refused": figures.refused,
        "answered_by_staff": figures.answered_by_staff,
        "helpful": figures.helpful,
        "unhelpful": figures.unhelpful,
        "helpful_share": figures.helpful_share,
    }


def _deed(deed: "Deed | None") -> dict[str, str] | None:
    return {"by": deed.by.name, "id": deed.by.id, "at": deed.at.isoformat()} if deed else None


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


__all__ = [
    "audit_object",
    "details_object",
    "figures_object",
    "group_object",
    "question_object",
    "statistics_object",
]
