"""The calls that put cards into the group and keep them as their groups are."""

from typing import Any

from bot.delivery import OutgoingCall
from bot.records.groups import Group
from bot.storage.follow_up.cards import Card
from handlers.telegram.staff.card_buttons import card_buttons
from handlers.telegram.staff.card_text import CardContent, card_text, content_of
from handlers.telegram.staff.markup import Keyboard, keyboard_arguments, plain, text_arguments
from handlers.telegram.staff.room import StaffRoom


async def card_call(group: Group, card: Card, room: StaffRoom) -> OutgoingCall:
    """The call that shows the group as it is now; raises StorageError."""
    return content_call(await content_of(group, room), card, room)


def content_call(content: CardContent, card: Card, room: StaffRoom) -> OutgoingCall:
    """The call that shows the group as its card: a new message, or an edit where the card has one.

    An edit names the topic too: where its message is gone it is not sent anew there, as the topic may be gone as well.
    """
    group, html = content.group, card_text(content, room)
    place: dict[str, Any] = {"message_thread_id": card.thread} if card.thread else {}
    if card.message:
        place["message_id"] = card.message
    method = "editMessageText" if card.message else "sendMessage"
    reference = f"card:{card.chat}:{group.number}:{group.revision}"
    return text_call(card.chat, html, card_buttons(group, room), method=method, reference=reference, **place)


def text_call(
    chat: int,
    html: str,
    keyboard: Keyboard = (),
    *,
    method: str = "sendMessage",
    reference: str | None = None,
    **place: Any,
) -> OutgoingCall:
    """A call that shows a text with buttons; `place` is where, as arguments of the call."""
    arguments = {"chat_id": chat} | place | text_arguments(html) | keyboard_arguments(keyboard)
    return OutgoingCall(chat, method, arguments, plain(html), reference)
