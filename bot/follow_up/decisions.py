"""What each act makes of a group's standing, and when it is refused. Nothing here waits or writes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.records.errors import ActRefusedError, Refusal
from bot.records.groups import UNDO_FOR, Answer, Deed, Group, GroupState, Standing
from knowledge.base import Language


def taken(group: Group, deed: Deed) -> Standing:
    """Of an open group: somebody works on it."""
    _require_unfinished(group)
    if group.state is not GroupState.OPEN:
        raise _in_the_way(group)
    return Standing(GroupState.TAKEN, taken=deed)


def handed_over(group: Group) -> Standing:
    """Of a group that somebody took or drafted an answer for: it is anybody's again, without the draft."""
    _require_unfinished(group)
    if group.state is GroupState.OPEN:
        raise ActRefusedError(group.number, Refusal.NOT_TAKEN)
    return Standing()


def answered(
    group: Group, deed: Deed, text: str, language: Language, seen: Sequence[int] = (), *, needs_approval: bool
) -> Standing:
    """Of a group that nobody else works on; or the answer in the other language, of one that is answered.

    `seen` are the questions that were before the eyes of whoever answers.
    """
    if group.state is GroupState.ANSWERED and group.standing.answer and not group.standing.entry_id:
        if group.standing.answer.of_language(language):
            raise _in_the_way(group)
        both = replace(group.standing.answer, **{language: text})
        return _decided(replace(group.standing, answer=both, seen=tuple(seen)), deed, needs_approval=needs_approval)
    _require_free(group, deed)
    answer = Answer(**{language: text})
    standing = Standing(taken=group.standing.taken, answer=answer, seen=tuple(seen))
    return _decided(standing, deed, needs_approval=needs_approval)


def linked(
    group: Group, deed: Deed, entry_id: str, answer: Answer, seen: Sequence[int] = (), *, needs_approval: bool
) -> Standing:
    """Of a group that nobody else works on: an entry answers it. `seen` is as with `answered`."""
    _require_free(group, deed)
    standing = Standing(taken=group.standing.taken, answer=answer, entry_id=entry_id, seen=tuple(seen))
    return _decided(standing, deed, needs_approval=needs_approval)


def approved(group: Group, deed: Deed, seen: int | None) -> Standing:
    """Of a group with a draft by another staff member; `seen` is the revision that was looked at."""
    drafted = group.standing.answered
    if group.state is not GroupState.DRAFTED or drafted is None:
        _require_unfinished(group)
        raise ActRefusedError(group.number, Refusal.NOT_DRAFTED)
    if drafted.by.id == deed.by.id:
        raise ActRefusedError(group.number, Refusal.OWN_DRAFT, drafted)
    if seen is not None and seen < group.answer_revision:
        raise ActRefusedError(group.number, Refusal.CHANGED, drafted)
    send_at = deed.at + UNDO_FOR
    return replace(group.standing, state=GroupState.ANSWERED, approved=deed, send_at=send_at)


def dismissed(group: Group, deed: Deed, reason: str) -> Standing:
    """Of an unfinished group that nobody else works on: it needs no answer."""
    _require_free(group, deed)
    send_at = deed.at + UNDO_FOR
    return Standing(GroupState.DISMISSED, dismissed=deed, reason=reason, send_at=send_at)


def reopened(group: Group) -> Standing:
    """Of an answered or dismissed group: it needs an answer again. Who was told stays told."""
    _require_not_merged(group)
    if group.state not in {GroupState.ANSWERED, GroupState.DISMISSED}:
        raise ActRefusedError(group.number, Refusal.NOT_CLOSED)
    return Standing()


def merged_away(group: Group, deed: Deed, target: int) -> Standing:
    """Of an unfinished group that nobody else works on: its questions belong to `target` now."""
    _require_free(group, deed)
    return Standing(GroupState.MERGED, merged=deed, merged_into=target)


def receiving(group: Group, deed: Deed, moved: Sequence[int] = ()) -> Standing:
    """Of a group that others' questions come into; an answer waits a minute before these are told it."""
    if group.state is GroupState.ANSWERED:
        seen = None if group.standing.seen is None else (*group.standing.seen, *moved)
        send_at = max(deed.at + UNDO_FOR, group.standing.send_at or deed.at)
        return replace(group.standing, send_at=send_at, seen=seen)
    _require_free(group, deed)
    return group.standing


def require_free(group: Group, deed: Deed) -> None:
    """Raises ActRefusedError unless the group is unfinished and nobody else works on it."""
    _require_free(group, deed)


def require_undoable(group: Group, now: datetime, *, is_being_sent: bool) -> None:
    """Raises ActRefusedError unless the group's last act was done within a minute and nobody was told of it."""
    last = group.last
    if last is None:
        raise ActRefusedError(group.number, Refusal.NOTHING_TO_UNDO)
    if now >= last.deed.at + UNDO_FOR or is_being_sent:
        raise ActRefusedError(group.number, Refusal.TOO_LATE, last.deed)


def _decided(standing: Standing, deed: Deed, *, needs_approval: bool) -> Standing:
    if needs_approval:
        return replace(standing, state=GroupState.DRAFTED, answered=deed, approved=None, send_at=None)
    send_at = deed.at + UNDO_FOR
    return replace(standing, state=GroupState.ANSWERED, answered=deed, send_at=send_at)


def _require_free(group: Group, deed: Deed) -> None:
    _require_unfinished(group)
    owner = group.standing.taken
    if group.state is GroupState.DRAFTED:
        raise _in_the_way(group)
    if group.state is GroupState.TAKEN and owner and owner.by.id != deed.by.id:
        raise _in_the_way(group)


def _require_unfinished(group: Group) -> None:
    _require_not_merged(group)
    if group.state in {GroupState.ANSWERED, GroupState.DISMISSED}:
        raise _in_the_way(group)


def _require_not_merged(group: Group) -> None:
    if group.state is GroupState.MERGED:
        raise _in_the_way(group)


def _in_the_way(group: Group) -> ActRefusedError:
    """That somebody was first: who, and when."""
    standing = group.standing
    refusal, deed = {
        GroupState.TAKEN: (Refusal.TAKEN, standing.taken),
        GroupState.DRAFTED: (Refusal.DRAFTED, standing.answered),
        GroupState.ANSWERED: (Refusal.ANSWERED, standing.answered),
        GroupState.DISMISSED: (Refusal.DISMISSED, standing.dismissed),
        GroupState.MERGED: (Refusal.MERGED, standing.merged),
    }[group.state]
    return ActRefusedError(group.number, refusal, deed)
