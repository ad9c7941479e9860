"""Pressed buttons of the staff group."""

from collections.abc import Awaitable, Callable

from telegram import Message

from bot.follow_up.staff_texts import language_of_answer
from bot.records.errors import ActRefusedError, FollowUpError, Refusal, UnknownPreviewError
from bot.records.groups import DismissalReason
from bot.storage.follow_up.cards import Card
from handlers.telegram.staff import group_menus, staff_messages
from handlers.telegram.staff.authorisation import Authorisation
from handlers.telegram.staff.group_card import card_call
from handlers.telegram.staff.markup import ButtonData, Verb, decode, literal
from handlers.telegram.staff.staff_group import Interaction, PromptKind
from handlers.telegram.staff.staff_messages import Done, StaffMessage

_LONGEST_NOTICE = 200
"""Telegram takes no longer one."""


class ButtonPresses:
    """Does what pressed buttons ask for, for whoever may."""

    def __init__(self, authorisation: Authorisation) -> None:
        self._authorisation = authorisation

    async def take(self, interaction: Interaction, data: str) -> None:
        """Answers one press of the button with that data; raises StorageError."""
        pressed = decode(data)
        if not await self._authorisation.permits(interaction, f"button {data}", _group_of(pressed)):
            return
        if pressed is None or not _has_button(interaction.message, data):
            await self._authorisation.record(interaction.by, f"button {data}", "no such button there")
            interaction.notice = interaction.staff.words.stale
            return
        try:
            notice = await _do(pressed, interaction)
        except FollowUpError as error:
            notice = staff_messages.explained(error, interaction.staff)
        if notice:
            interaction.notice = notice[:_LONGEST_NOTICE]


def _group_of(pressed: ButtonData | None) -> int | None:
    return pressed.number if pressed and pressed.verb not in _NOT_ON_A_GROUP else None


_NOT_ON_A_GROUP = frozenset(
    (Verb.SEND, Verb.LEAVE_OUT, Verb.CANCEL, Verb.KEEP, Verb.DROP_SAVED, Verb.LIST, Verb.BULK, Verb.DISMISS_MANY)
)


def _has_button(message: Message, data: str) -> bool:
    """Telegram vouches for the message, not for the data: a program can send any."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return any(button.callback_data == data for row in rows for button in row)


async def _do(pressed: ButtonData, interaction: Interaction) -> str | None:
    """Does it; the notice for whoever pressed, where there is one."""
    if pressed.verb in _ASKING:
        kind, words = _ASKING[pressed.verb]
        interaction.prompt(pressed.number, kind, getattr(interaction.staff.words, words))
        return None
    if pressed.verb in _SHOWING:
        await _SHOWING[pressed.verb](pressed, interaction)
        return None
    if pressed.verb in _NOTICED:
        return await _NOTICED[pressed.verb](pressed, interaction)
    done = await _CONFIRMED[pressed.verb](pressed, interaction)
    if isinstance(done, Done):
        await interaction.confirm(done.html, done.keyboard, done.group)
    else:
        interaction.edit(*done)
    return None


async def _how_to_answer(_: ButtonData, interaction: Interaction) -> str:
    return interaction.staff.words.how_to_answer


async def _take(pressed: ButtonData, interaction: Interaction) -> str:
    await interaction.staff.desk.take(pressed.number, interaction.by)
    return interaction.staff.words.taken


async def _hand_over(pressed: ButtonData, interaction: Interaction) -> str:
    await interaction.staff.desk.hand_over(pressed.number, interaction.by)
    return interaction.staff.words.handed_over


async def _approve(pressed: ButtonData, interaction: Interaction) -> str:
    await interaction.staff.desk.approve(pressed.number, interaction.by, pressed.count)
    return interaction.staff.words.approved


async def _reopen(pressed: ButtonData, interaction: Interaction) -> str:
    await interaction.staff.desk.reopen(pressed.number, interaction.by)
    return interaction.staff.words.reopened


async def _send(pressed: ButtonData, interaction: Interaction) -> StaffMessage | Done:
    """Sends the preview; where other questions have come into the group, they are shown first."""
    staff, seen = interaction.staff, pressed.count or None
    try:
        group = await staff.desk.send(pressed.number, interaction.by, seen)
        return (staff_messages.said_linked if group.standing.entry_id else staff_messages.said_answered)(group, staff)
    except ActRefusedError as error:
        if error.refusal is not Refusal.OTHER_QUESTIONS:
            raise
        interaction.notice = staff_messages.explained(error, staff)[:_LONGEST_NOTICE]
        return staff_messages.preview_message(await staff.desk.shown(pressed.number), staff)


async def _leave_out(pressed: ButtonData, interaction: Interaction) -> StaffMessage:
    shown = await interaction.staff.desk.leave_out(pressed.number, pressed.count, interaction.by)
    return staff_messages.preview_message(shown, interaction.staff)


async def _link_to(pressed: ButtonData, interaction: Interaction) -> StaffMessage:
    """Shows the entry's answer as it will be sent; the menu that it was chosen from is gone then."""
    staff = interaction.staff
    shown = await staff.desk.preview_link(pressed.number, pressed.more, interaction.by)
    return staff_messages.preview_message(shown, staff)


async def _dismiss_for(pressed: ButtonData, interaction: Interaction) -> StaffMessage | Done:
    if pressed.more not in set(DismissalReason):  # a menu of an older version
        return staff_messages.reason_menu(pressed.number, interaction.staff)
    dismissed = await interaction.staff.desk.dismiss(pressed.number, pressed.more, interaction.by)
    return staff_messages.said_dismissed(dismissed, interaction.staff)


async def _dismiss_checked(pressed: ButtonData, interaction: Interaction) -> Done:
    """Dismisses for the reason that the pressed message replies to; it is kept nowhere until somebody has looked."""
    reason = interaction.message.reply_to_message
    if reason is None or not reason.text:
        raise UnknownPreviewError(pressed.number)
    by = interaction.by
    dismissed = await interaction.staff.desk.dismiss(pressed.number, reason.text, by, confirmed=True)
    return staff_messages.said_dismissed(dismissed, interaction.staff)


async def _dismiss_many(pressed: ButtonData, interaction: Interaction) -> StaffMessage:
    reason, *numbers = pressed.more.split("-")
    groups = [int(number, 36) for number in numbers]
    return group_menus.said_dismissed_many(
        await interaction.staff.desk.dismiss_all(groups, reason, interaction.by), interaction.staff
    )


async def _use_saved(pressed: ButtonData, interaction: Interaction) -> StaffMessage:
    """Shows a saved reply as it will be sent."""
    staff = interaction.staff
    saved, group = await staff.follow_up.saved_replies.get(pressed.count), await staff.desk.group(pressed.number)
    language = language_of_answer(saved.text, group)
    shown = await staff.desk.preview(group.number, saved.text, language, interaction.by)
    return staff_messages.preview_message(shown, staff)


async def _list(pressed: ButtonData, interaction: Interaction) -> StaffMessage:
    return await group_menus.open_list(
        interaction.staff, pressed.number, only_waiting=pressed.more == group_menus.WAITED_FOR
    )


async def _keep(pressed: ButtonData, interaction: Interaction) -> str:
    shown = await interaction.staff.desk.shown(pressed.number)
    await interaction.staff.follow_up.saved_replies.save(shown.text, interaction.by)
    return interaction.staff.words.kept


async def _drop_saved(pressed: ButtonData, interaction: Interaction) -> str:
    await interaction.staff.follow_up.saved_replies.remove(pressed.number)
    interaction.delete()
    return interaction.staff.words.dropped


async def _split_off(pressed: ButtonData, interaction: Interaction) -> Done:
    _, other = await interaction.staff.desk.split(pressed.number, [pressed.count], interaction.by)
    return staff_messages.said_split(pressed.number, other.number, interaction.staff)


async def _cancel(pressed: ButtonData, interaction: Interaction) -> StaffMessage:
    await interaction.staff.desk.discard_preview(pressed.number)
    return literal(interaction.staff.words.cancelled), []


async def _close(_: ButtonData, interaction: Interaction) -> None:
    interaction.delete()


async def _undo(pressed: ButtonData, interaction: Interaction) -> str | None:
    """Takes the last act back; what was said of it is taken back too, but a card follows by itself."""
    await interaction.staff.desk.undo(pressed.number, interaction.by)
    said = interaction.staff.words.undone.format(number=pressed.number)
    if await interaction.staff.store.cards.of_message(interaction.message.chat_id, interaction.message.message_id):
        return said
    interaction.edit(literal(said))
    await interaction.staff.store.prompts.remove(interaction.message.chat_id, interaction.message.message_id)
    return None


async def _show_menu(pressed: ButtonData, interaction: Interaction) -> None:
    """A menu of its own under a card; another page of it in its place."""
    if pressed.verb is Verb.LINK:
        menu = await staff_messages.link_menu(pressed.number, pressed.count, interaction.staff)
    elif pressed.verb is Verb.SPLIT:
        menu = await staff_messages.split_menu(pressed.number, pressed.count, interaction.staff)
    elif pressed.verb is Verb.SAVED:
        menu = await group_menus.saved_menu(pressed.number, interaction.staff)
    else:
        menu = staff_messages.reason_menu(pressed.number, interaction.staff)
    show = interaction.edit if pressed.more else interaction.reply
    show(*menu)


async def _open(pressed: ButtonData, interaction: Interaction) -> None:
    """Shows a group's card, or leads to it where it is shown already."""
    staff, number = interaction.staff, pressed.number
    group = await staff.desk.group(number)
    known = await staff.store.cards.get(number, staff.chat)
    if known and known.message:
        interaction.call(await card_call(group, known, staff))
        interaction.point_to(known.message, number)
        return
    card = Card(number, staff.chat, None, None, group.revision)
    await staff.store.cards.set(card)
    interaction.call(await card_call(group, card, staff))


_ASKING = {
    Verb.SEARCH: (PromptKind.SEARCH, "search_prompt"),
    Verb.ASK_BACK: (PromptKind.ASK_BACK, "ask_back_prompt"),
    Verb.OWN_REASON: (PromptKind.REASON, "reason_prompt"),
    Verb.MERGE: (PromptKind.MERGE, "merge_prompt"),
    Verb.BULK: (PromptKind.BULK, "bulk_prompt"),
}
"""What these ask for comes in a reply; the sentences' names that ask for it."""
_SHOWING: dict[Verb, Callable[[ButtonData, Interaction], Awaitable[None]]] = {
    Verb.LINK: _show_menu,
    Verb.SPLIT: _show_menu,
    Verb.SAVED: _show_menu,
    Verb.DISMISS: _show_menu,
    Verb.OPEN: _open,
    Verb.CLOSE: _close,
}
_NOTICED: dict[Verb, Callable[[ButtonData, Interaction], Awaitable[str | None]]] = {
    Verb.HOW_TO_ANSWER: _how_to_answer,
    Verb.TAKE: _take,
    Verb.HAND_OVER: _hand_over,
    Verb.APPROVE: _approve,
    Verb.REOPEN: _reopen,
    Verb.UNDO: _undo,
    Verb.KEEP: _keep,
    Verb.DROP_SAVED: _drop_saved,
}
"""These stand under cards, which show by themselves what was done; a notice says so at once."""
_CONFIRMED: dict[Verb, Callable[[ButtonData, Interaction], Awaitable[StaffMessage | Done]]] = {
    Verb.SEND: _send,
    Verb.LEAVE_OUT: _leave_out,
    Verb.CANCEL: _cancel,
    Verb.LINK_TO: _link_to,
    Verb.DISMISS_FOR: _dismiss_for,
    Verb.DISMISS_CHECKED: _dismiss_checked,
    Verb.SPLIT_OFF: _split_off,
    Verb.DISMISS_MANY: _dismiss_many,
    Verb.USE_SAVED: _use_saved,
    Verb.LIST: _list,
}
"""These stand under previews and menus, in whose place it is said what was done."""
