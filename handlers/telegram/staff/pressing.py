"""Pressed buttons of the staff group."""

from collections.abc import Awaitable, Callable

from telegram import Message, Update

from bot.records.errors import FollowUpError
from bot.storage.follow_up.cards import Card
from handlers.telegram.staff import confirming, menus
from handlers.telegram.staff.authorising import authorised
from handlers.telegram.staff.callback_data import Press, Verb, decode
from handlers.telegram.staff.card_calls import card_call
from handlers.telegram.staff.confirming import Said
from handlers.telegram.staff.deeds import Deed, explained
from handlers.telegram.staff.markup import literal
from handlers.telegram.staff.prompts import PromptKind
from handlers.telegram.staff.room import StaffRoom
from handlers.telegram.updates.effects import Effects

_LONGEST_NOTICE = 200
"""Telegram takes no longer one."""


class Pressing:
    """Does what pressed buttons ask for, for whoever may."""

    def __init__(self, room: StaffRoom) -> None:
        self._room = room

    async def press(self, update: Update, effects: Effects) -> None:
        """Answers one press; raises StorageError."""
        query = update.callback_query
        if not query:
            return
        data = query.data or ""
        press = decode(data)
        by = await authorised(update, self._room, effects, f"button {data}", _group_of(press))
        if by is None or not isinstance(query.message, Message):
            return
        if press is None or not _has_button(query.message, data):
            if self._room.tries.is_recorded(by.id):
                await self._room.follow_up.desk.refused(by, f"button {data}", "no such button there")
            effects.acknowledgements[query.id] = self._room.words.stale
            return
        try:
            notice = await _do(press, Deed(self._room, query.message, by, query.from_user.id, effects))
        except FollowUpError as error:
            notice = explained(error, self._room)
        effects.acknowledgements[query.id] = notice[:_LONGEST_NOTICE] if notice else None


def _group_of(press: Press | None) -> int | None:
    return press.number if press and press.verb not in {Verb.SEND, Verb.CANCEL} else None


def _has_button(message: Message, data: str) -> bool:
    """Telegram vouches for the message, not for the data: a program can send any."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return any(button.callback_data == data for row in rows for button in row)


async def _do(press: Press, deed: Deed) -> str | None:
    """Does it; the notice for whoever pressed, where there is one."""
    if press.verb in _ASKING:
        kind, words = _ASKING[press.verb]
        deed.prompt(press.number, kind, getattr(deed.room.words, words))
        return None
    if press.verb in _SHOWING:
        await _SHOWING[press.verb](press, deed)
        return None
    if press.verb in _NOTICED:
        return await _NOTICED[press.verb](press, deed)
    said = await _CONFIRMED[press.verb](press, deed)
    deed.say.edit(*said)
    return None


async def _how_to_answer(_: Press, deed: Deed) -> str:
    return deed.room.words.how_to_answer


async def _take(press: Press, deed: Deed) -> str:
    await deed.room.follow_up.desk.take(press.number, deed.by)
    return deed.room.words.taken


async def _hand_over(press: Press, deed: Deed) -> str:
    await deed.room.follow_up.desk.hand_over(press.number, deed.by)
    return deed.room.words.handed_over


async def _approve(press: Press, deed: Deed) -> str:
    await deed.room.follow_up.desk.approve(press.number, deed.by, press.count)
    return deed.room.words.approved


async def _reopen(press: Press, deed: Deed) -> str:
    await deed.room.follow_up.desk.reopen(press.number, deed.by)
    return deed.room.words.reopened


async def _send(press: Press, deed: Deed) -> Said:
    return confirming.answered(await deed.room.follow_up.desk.send(press.number, deed.by), deed.room)


async def _link_to(press: Press, deed: Deed) -> Said:
    return confirming.linked(await deed.room.follow_up.desk.link(press.number, press.more, deed.by), deed.room)


async def _dismiss_for(press: Press, deed: Deed) -> Said:
    reasons = deed.room.words.reasons
    reason = reasons[min(press.count, len(reasons) - 1)]
    return confirming.dismissed(await deed.room.follow_up.desk.dismiss(press.number, reason, deed.by), deed.room)


async def _split_off(press: Press, deed: Deed) -> Said:
    _, other = await deed.room.follow_up.desk.split(press.number, [press.count], deed.by)
    return confirming.split(press.number, other.number, deed.room)


async def _cancel(press: Press, deed: Deed) -> Said:
    await deed.room.follow_up.desk.discard_preview(press.number)
    return literal(deed.room.words.cancelled), []


async def _close(_: Press, deed: Deed) -> None:
    deed.say.delete()


async def _undo(press: Press, deed: Deed) -> str | None:
    """Takes the last act back; what was said of it is taken back too, but a card follows by itself."""
    await deed.room.follow_up.desk.undo(press.number, deed.by)
    said = deed.room.words.undone.format(number=press.number)
    if await deed.room.store.cards.of_message(deed.message.chat_id, deed.message.message_id):
        return said
    deed.say.edit(literal(said))
    return None


async def _show_menu(press: Press, deed: Deed) -> None:
    """A menu of its own under a card; another page of it in its place."""
    if press.verb is Verb.LINK:
        menu = await menus.link_menu(press.number, press.count, deed.room)
    elif press.verb is Verb.SPLIT:
        menu = await menus.split_menu(press.number, press.count, deed.room)
    else:
        menu = menus.reason_menu(press.number, deed.room)
    show = deed.say.edit if press.more else deed.say.reply
    show(*menu)


async def _open(press: Press, deed: Deed) -> None:
    """Shows a group's card, or leads to it where it is shown already."""
    room, chat, number = deed.room, deed.room.chat, press.number
    group = await room.follow_up.desk.group(number)
    known = await room.store.cards.get(number, chat)
    if known and known.message:
        deed.effects.calls.append(await card_call(group, known, room))
        deed.say.point_to(known.message, number)
        return
    card = Card(number, chat, None, None, group.revision)
    await room.store.cards.set(card)
    deed.effects.calls.append(await card_call(group, card, room))
    room.pace.spend()


_ASKING = {
    Verb.SEARCH: (PromptKind.SEARCH, "search_prompt"),
    Verb.ASK_BACK: (PromptKind.ASK_BACK, "ask_back_prompt"),
    Verb.OWN_REASON: (PromptKind.REASON, "reason_prompt"),
    Verb.MERGE: (PromptKind.MERGE, "merge_prompt"),
}
"""What these ask for comes in a reply; the sentences' names that ask for it."""
_SHOWING: dict[Verb, Callable[[Press, Deed], Awaitable[None]]] = {
    Verb.LINK: _show_menu,
    Verb.SPLIT: _show_menu,
    Verb.DISMISS: _show_menu,
    Verb.OPEN: _open,
    Verb.CLOSE: _close,
}
_NOTICED: dict[Verb, Callable[[Press, Deed], Awaitable[str | None]]] = {
    Verb.HOW_TO_ANSWER: _how_to_answer,
    Verb.TAKE: _take,
    Verb.HAND_OVER: _hand_over,
    Verb.APPROVE: _approve,
    Verb.REOPEN: _reopen,
    Verb.UNDO: _undo,
}
"""These stand under cards, which show by themselves what was done; a notice says so at once."""
_CONFIRMED: dict[Verb, Callable[[Press, Deed], Awaitable[Said]]] = {
    Verb.SEND: _send,
    Verb.CANCEL: _cancel,
    Verb.LINK_TO: _link_to,
    Verb.DISMISS_FOR: _dismiss_for,
    Verb.SPLIT_OFF: _split_off,
}
"""These stand under previews and menus, in whose place it is said what was done."""
