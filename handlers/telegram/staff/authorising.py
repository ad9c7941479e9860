"""Who may do what staff do: members of their group, in it, under their own name. Others' tries are recorded."""

from dataclasses import dataclass

from telegram import CallbackQuery, Message, Update, User
from telegram.constants import ChatType

from bot.records.groups import StaffMember
from bot.wording.staff_group_languages import staff_group_sentences
from handlers.telegram.citizens.incoming import language_of
from handlers.telegram.staff.markup import literal
from handlers.telegram.staff.membership import Standing
from handlers.telegram.staff.room import StaffRoom
from handlers.telegram.staff.saying import Saying
from handlers.telegram.updates.effects import Effects


@dataclass(frozen=True, slots=True)
class _Refused:
    by: StaffMember
    tried: str
    why: str
    said: str
    group: int | None


async def authorised(
    update: Update, room: StaffRoom, effects: Effects, tried: str, group: int | None = None
) -> StaffMember | None:
    """Who acts, if they may; else None, and they were told why. Raises StorageError."""
    message, user = _place(update), update.effective_user
    if not user:
        return None
    words = staff_group_sentences(language_of(update))
    by = member(user)
    if message is None or message.chat.id != room.chat:
        await _refuse(update, room, effects, _Refused(by, tried, "not in the staff group", words.not_here, group))
        return None
    anonymous = message.sender_chat if not update.callback_query else None
    if anonymous:
        hidden = StaffMember(f"telegram:{anonymous.id}", anonymous.title or "")
        await _refuse(update, room, effects, _Refused(hidden, tried, "anonymous", room.words.anonymous, group))
        return None
    standing = await room.membership.of(room.chat, user.id)
    if standing is Standing.MEMBER:
        return by
    said = room.words.cannot_check if standing is Standing.UNKNOWN else room.words.not_staff
    why = "could not be checked" if standing is Standing.UNKNOWN else "not a member of the staff group"
    await _refuse(update, room, effects, _Refused(by, tried, why, said, group))
    return None


def member(user: User) -> StaffMember:
    """The user as the follow-up knows them; in chats of citizens nobody's name is kept."""
    name = " ".join(filter(None, (user.first_name, user.last_name))).strip()
    return StaffMember(f"telegram:{user.id}", name or user.username or str(user.id))


async def _refuse(update: Update, room: StaffRoom, effects: Effects, refused: _Refused) -> None:
    """Records a try and tells who tried; in other groups only who pressed a button, as others read along."""
    if room.tries.is_recorded(refused.by.id):
        await room.follow_up.desk.refused(refused.by, refused.tried, refused.why, refused.group)
    query, message = update.callback_query, update.effective_message
    if query:
        effects.acknowledgements[query.id] = refused.said
    elif message and (message.chat.id == room.chat or message.chat.type == ChatType.PRIVATE):
        Saying(message, room, effects).reply(literal(refused.said))


def _place(update: Update) -> Message | None:
    """The message that was sent, or under which a button was pressed, if it can be seen."""
    query: CallbackQuery | None = update.callback_query
    found = query.message if query else update.effective_message
    return found if isinstance(found, Message) else None
