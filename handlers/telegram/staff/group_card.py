"""A card: the questions of a group, how it stands, and buttons for what can be done with it now."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.delivery import OutgoingCall
from bot.records.groups import UNDO_FOR, UNFINISHED, Deed, Group, GroupState, Note
from bot.records.questions import Asker, AskerState, RecordedQuestion
from bot.storage.follow_up.cards import Card
from bot.wording.staff.staff_acts import reason_text
from handlers.telegram.staff.markup import Keyboard, Verb, button, literal, quoted, shortened, text_call
from handlers.telegram.staff.staff_group import StaffGroup

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


async def content_of(group: Group, staff: StaffGroup) -> CardContent:
    """What the group's card shows now; raises StorageError."""
    follow_up, number = staff.follow_up, group.number
    return CardContent(
        group,
        await follow_up.desk.questions(number),
        await follow_up.desk.askers(number),
        await follow_up.desk.not_reached(number),
        await follow_up.desk.notes(number),
    )


async def card_call(group: Group, card: Card, staff: StaffGroup) -> OutgoingCall:
    """The call that shows the group as it is now; raises StorageError."""
    return content_call(await content_of(group, staff), card, staff)


def content_call(content: CardContent, card: Card, staff: StaffGroup) -> OutgoingCall:
    """The call that shows the group as its card: a new message, or an edit where the card has one.

    An edit names the topic too: where its message is gone it is not sent anew there, as the topic may be gone as well.
    """
    group, html = content.group, card_text(content, staff)
    place: dict[str, Any] = {"message_thread_id": card.thread} if card.thread else {}
    if card.message:
        place["message_id"] = card.message
    method = "editMessageText" if card.message else "sendMessage"
    reference = f"card:{card.chat}:{group.number}:{group.revision}"
    return text_call(card.chat, html, card_buttons(group, staff), method=method, reference=reference, **place)


def card_text(content: CardContent, staff: StaffGroup) -> str:
    """The card in Telegram's HTML."""
    parts = (_heading, _questions, _counts, _nearest, _notes, _standing, _told)
    return "\n".join(line for part in parts for line in part(content, staff))


def _heading(content: CardContent, staff: StaffGroup) -> Iterator[str]:
    group = content.group
    heading = staff.words.heading.format(number=group.number, state=staff.words.states[group.state])
    overdue = f" · {staff.words.overdue}" if group.is_overdue(staff.now()) else ""
    yield f"<b>{literal(heading + overdue)}</b>"


def _questions(content: CardContent, staff: StaffGroup) -> Iterator[str]:
    texts = list(dict.fromkeys([content.group.title, *(question.text for question in content.questions)]))
    yield from (quoted(text) for text in texts[:_MOST_QUESTIONS])
    if len(texts) > _MOST_QUESTIONS:
        yield literal(staff.words.more_questions.format(count=len(texts) - _MOST_QUESTIONS))


def _counts(content: CardContent, staff: StaffGroup) -> Iterator[str]:
    group, words = content.group, staff.words
    asking = sum(content.askers.get(state, 0) for state in _ASKING)
    languages = ", ".join(words.languages[language] for language in group.languages)
    yield literal(words.counts.format(people=group.people, askers=asking, languages=languages))
    moments = {"first": group.first_asked_at, "last": group.last_asked_at, "due": group.due_at}
    yield literal(words.asked.format(**{name: staff.moment(at) for name, at in moments.items()}))


def _nearest(content: CardContent, staff: StaffGroup) -> Iterator[str]:
    entries = staff.follow_up.workspace.knowledge().entries
    near = [near for near in content.group.nearest if near.entry_id in entries][:_MOST_NEAREST]
    if not near or content.group.state not in UNFINISHED:
        return
    yield literal(staff.words.nearest)
    for each in near:
        question = shortened(entries[each.entry_id].question.in_language(staff.language), 80)
        yield literal(staff.words.nearest_entry.format(question=question, percent=round(100 * each.confidence)))


def _notes(content: CardContent, staff: StaffGroup) -> Iterator[str]:
    if content.notes:
        yield literal(staff.words.notes)
        yield from (quoted(note.text) for note in content.notes[-_MOST_NOTES:])


def _standing(content: CardContent, staff: StaffGroup) -> Iterator[str]:
    words, group = staff.words, content.group
    standing = group.standing
    entry = entry_question(standing.entry_id, staff) if standing.entry_id else ""
    if group.state is GroupState.TAKEN:
        yield from _deed(words.taken_by, standing.taken, staff)
    if group.state is GroupState.DRAFTED:
        yield from _deed(words.drafted_by, standing.answered, staff)
    if group.state is GroupState.ANSWERED:
        yield from _deed(words.linked_by if entry else words.answered_by, standing.answered, staff, entry=entry)
        yield from _deed(words.approved_by, standing.approved, staff)
    yield from _deed(
        words.dismissed_by,
        standing.dismissed,
        staff,
        reason=shortened(reason_text(standing.reason, staff.language), 300),
    )
    yield from _deed(words.merged_by, standing.merged, staff, into=standing.merged_into)
    yield from _answer(group, staff)


def _deed(words: str, deed: Deed | None, staff: StaffGroup, **more: object) -> Iterator[str]:
    if deed:
        yield literal(words.format(by=shortened(deed.by.name, 60), at=staff.moment(deed.at), **more))


def _answer(group: Group, staff: StaffGroup) -> Iterator[str]:
    answer = group.standing.answer
    for language in ("ko", "en"):
        text = answer.of_language(language) if answer else None
        if text:
            yield literal(staff.words.answer.format(language=staff.words.languages[language]))
            yield f"<blockquote>{literal(shortened(text, _MOST_ANSWER))}</blockquote>"
    send_at = group.standing.send_at
    if send_at and send_at > staff.now():
        yield literal(staff.words.sent_from.format(time=staff.time(send_at)))


def _told(content: CardContent, staff: StaffGroup) -> Iterator[str]:
    words, askers = staff.words, content.askers
    asking = sum(askers.get(state, 0) for state in _ASKING)
    if content.group.state in {GroupState.ANSWERED, GroupState.DISMISSED} and asking:
        yield literal(words.told.format(told=askers.get(AskerState.TOLD, 0), all=asking))
    reasons = Counter(
        words.unreached.get(asker.reason or "", words.unreached_otherwise) for asker in content.not_reached
    )
    if reasons:
        listed = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common())
        yield literal(words.not_reached.format(count=reasons.total(), reasons=listed))


def entry_question(entry_id: str, staff: StaffGroup) -> str:
    """The entry's question in the staff's language; its id where the knowledge base no longer has it."""
    entry = staff.follow_up.workspace.knowledge().entries.get(entry_id)
    return shortened(entry.question.in_language(staff.language), 80) if entry else entry_id


def card_buttons(group: Group, staff: StaffGroup) -> Keyboard:
    """The rows of buttons."""
    words, number = staff.words, group.number
    undo = [button(words.undo_button, Verb.UNDO, number)] if can_undo(group, staff) else []
    if group.state in {GroupState.OPEN, GroupState.TAKEN}:
        return [*_acts(group, staff), undo]
    if group.state is GroupState.DRAFTED:
        approve = button(words.approve_button, Verb.APPROVE, number, group.revision)
        return [[approve, button(words.hand_over_button, Verb.HAND_OVER, number)], undo]
    if group.state in {GroupState.ANSWERED, GroupState.DISMISSED}:
        return [undo, [button(words.reopen_button, Verb.REOPEN, number)]]
    return []


def can_undo(group: Group, staff: StaffGroup) -> bool:
    """Whether the last act was done within a minute."""
    return group.last is not None and staff.now() < group.last.deed.at + UNDO_FOR


def _acts(group: Group, staff: StaffGroup) -> Keyboard:
    words, number = staff.words, group.number
    is_taken = group.state is GroupState.TAKEN
    take = (words.hand_over_button, Verb.HAND_OVER) if is_taken else (words.take_button, Verb.TAKE)
    split = [button(words.split_button, Verb.SPLIT, number)] if group.count > 1 else []
    return [
        [button(words.answer_button, Verb.HOW_TO_ANSWER, number), button(words.link_button, Verb.LINK, number)],
        [button(words.ask_back_button, Verb.ASK_BACK, number), button(words.dismiss_button, Verb.DISMISS, number)],
        [button(words.saved_button, Verb.SAVED, number)],
        [button(*take, number), *split, button(words.merge_button, Verb.MERGE, number)],
    ]
