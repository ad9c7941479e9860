"""What a card says: the questions of a group, and how it stands."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.questions import RecordedQuestion
from bot.records.askers import Asker, AskerState
from bot.records.groups import UNFINISHED, Deed, Group, GroupState, Note
from handlers.telegram.staff.markup import literal, quoted, shortened
from handlers.telegram.staff.room import StaffRoom

_MOST_QUESTIONS = 5
_MOST_NEAREST = 3
_MOST_NOTES = 3
_MOST_ANSWER = 700
_ASKING = (AskerState.WAITING, AskerState.TELLING, AskerState.TOLD, AskerState.FAILED)


@dataclass(frozen=True, slots=True)
class CardContent:
    """Everything that a card shows."""

    group: Group
    questions: Sequence[RecordedQuestion]
    askers: Mapping[AskerState, int]
    not_reached: Sequence[Asker]
    notes: Sequence[Note]

    @property
    def is_being_told(self) -> bool:
        """Whether citizens are yet to be told what became of their question."""
        is_over = self.group.state in {GroupState.ANSWERED, GroupState.DISMISSED}
        return is_over and any(self.askers.get(state) for state in (AskerState.WAITING, AskerState.TELLING))


async def content_of(group: Group, room: StaffRoom) -> CardContent:
    """What the group's card shows now; raises StorageError."""
    follow_up, number = room.follow_up, group.number
    return CardContent(
        group,
        await follow_up.desk.questions(number),
        await follow_up.desk.askers(number),
        await follow_up.desk.not_reached(number),
        await follow_up.desk.notes(number),
    )


def card_text(content: CardContent, room: StaffRoom) -> str:
    """The card in Telegram's HTML."""
    parts = (_heading, _questions, _counts, _nearest, _notes, _standing, _told)
    return "\n".join(line for part in parts for line in part(content, room))


def _heading(content: CardContent, room: StaffRoom) -> Iterator[str]:
    group = content.group
    heading = room.words.heading.format(number=group.number, state=room.words.states[group.state])
    overdue = f" · {room.words.overdue}" if group.is_overdue(room.now()) else ""
    yield f"<b>{literal(heading + overdue)}</b>"


def _questions(content: CardContent, room: StaffRoom) -> Iterator[str]:
    texts = list(dict.fromkeys([content.group.title, *(question.text for question in content.questions)]))
    yield from (quoted(text) for text in texts[:_MOST_QUESTIONS])
    if len(texts) > _MOST_QUESTIONS:
        yield literal(room.words.more_questions.format(count=len(texts) - _MOST_QUESTIONS))


def _counts(content: CardContent, room: StaffRoom) -> Iterator[str]:
    group, words = content.group, room.words
    asking = sum(content.askers.get(state, 0) for state in _ASKING)
    languages = ", ".join(words.languages[language] for language in group.languages)
    yield literal(words.counts.format(questions=group.count, askers=asking, languages=languages))
    moments = {"first": group.first_asked_at, "last": group.last_asked_at, "due": group.due_at}
    yield literal(words.asked.format(**{name: room.moment(at) for name, at in moments.items()}))


def _nearest(content: CardContent, room: StaffRoom) -> Iterator[str]:
    entries = room.follow_up.workspace.knowledge().entries
    near = [near for near in content.group.nearest if near.entry_id in entries][:_MOST_NEAREST]
    if not near or content.group.state not in UNFINISHED:
        return
    yield literal(room.words.nearest)
    for each in near:
        question = shortened(entries[each.entry_id].question.in_language(room.language), 80)
        yield literal(room.words.nearest_entry.format(question=question, percent=round(100 * each.confidence)))


def _notes(content: CardContent, room: StaffRoom) -> Iterator[str]:
    if content.notes:
        yield literal(room.words.notes)
        yield from (quoted(note.text) for note in content.notes[-_MOST_NOTES:])


def _standing(content: CardContent, room: StaffRoom) -> Iterator[str]:
    words, group = room.words, content.group
    standing = group.standing
    entry = entry_question(standing.entry_id, room) if standing.entry_id else ""
    if group.state is GroupState.TAKEN:
        yield from _deed(words.taken_by, standing.taken, room)
    if group.state is GroupState.DRAFTED:
        yield from _deed(words.drafted_by, standing.answered, room)
    if group.state is GroupState.ANSWERED:
        yield from _deed(words.linked_by if entry else words.answered_by, standing.answered, room, entry=entry)
        yield from _deed(words.approved_by, standing.approved, room)
    yield from _deed(words.dismissed_by, standing.dismissed, room, reason=shortened(standing.reason or "", 300))
    yield from _deed(words.merged_by, standing.merged, room, into=standing.merged_into)
    yield from _answer(group, room)


def _deed(words: str, deed: Deed | None, room: StaffRoom, **more: object) -> Iterator[str]:
    if deed:
        yield literal(words.format(by=shortened(deed.by.name, 60), at=room.moment(deed.at), **more))


def _answer(group: Group, room: StaffRoom) -> Iterator[str]:
    answer = group.standing.answer
    for language in ("ko", "en"):
        text = answer.of_language(language) if answer else None
        if text:
            yield literal(room.words.answer.format(language=room.words.languages[language]))
            yield f"<blockquote>{literal(shortened(text, _MOST_ANSWER))}</blockquote>"
    send_at = group.standing.send_at
    if send_at and send_at > room.now():
        yield literal(room.words.sent_from.format(time=room.time(send_at)))


def _told(content: CardContent, room: StaffRoom) -> Iterator[str]:
    words, askers = room.words, content.askers
    asking = sum(askers.get(state, 0) for state in _ASKING)
    if content.group.state in {GroupState.ANSWERED, GroupState.DISMISSED} and asking:
        yield literal(words.told.format(told=askers.get(AskerState.TOLD, 0), all=asking))
    reasons = Counter(
        words.unreached.get(asker.reason or "", words.unreached_otherwise) for asker in content.not_reached
    )
    if reasons:
        listed = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common())
        yield literal(words.not_reached.format(count=reasons.total(), reasons=listed))


def entry_question(entry_id: str, room: StaffRoom) -> str:
    """The entry's question in the staff's language; its id where the knowledge base no longer has it."""
    entry = room.follow_up.workspace.knowledge().entries.get(entry_id)
    return shortened(entry.question.in_language(room.language), 80) if entry else entry_id
