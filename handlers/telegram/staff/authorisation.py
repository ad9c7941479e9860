"""Who may do what staff do: members of their group at that very moment, in it, under their own name.

What others try is refused and recorded.
"""

from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any

from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.records.groups import StaffMember
from bot.records.staff_sessions import Membership
from bot.wording.staff import staff_group_sentences
from handlers.telegram.outbox.api_errors import says
from handlers.telegram.staff.markup import literal
from handlers.telegram.staff.staff_group import Interaction, StaffGroup

_KEPT_SECONDS = 3.0
_ANSWER_SECONDS = 5.0
_MOST_KEPT = 1000
_NO_MEMBER = ("user not found", "participant_id_invalid", "user_id_invalid", "member not found")
_MEMBERS = frozenset(("creator", "administrator", "member"))

MOST_ATTEMPTS_AN_HOUR = 30
"""Of one person that are recorded."""
_HOUR = 3600.0
_PEOPLE_REMEMBERED = 1000


class MemberLookup:
    """Asks Telegram who is a member, and believes an answer for at most three seconds; a `StaffRoll` of the console."""

    def __init__(self, staff: StaffGroup) -> None:
        self._staff = staff
        self._seconds = staff.seconds
        self._known: dict[int, tuple[float, Membership]] = {}

    async def of(self, user: int) -> Membership:
        """What the user is in the group; raises StorageError."""
        now = self._seconds()
        asked_at, membership = self._known.get(user, (0.0, Membership.UNKNOWN))
        if membership is not Membership.UNKNOWN and now - asked_at < _KEPT_SECONDS:
            return membership
        membership = await self._ask(user)
        if len(self._known) >= _MOST_KEPT:
            self._known.clear()
        self._known[user] = (now, membership)
        return membership

    async def membership(self, member: StaffMember) -> Membership:
        """What the member is in the group, where they are known from Telegram; raises StorageError."""
        channel, _, user = member.id.partition(":")
        return await self.of(int(user)) if channel == "telegram" and user.isdecimal() else Membership.STRANGER

    async def _ask(self, user: int) -> Membership:
        arguments = {"chat_id": None, "user_id": user}
        try:
            return _membership(await self._staff.ask("getChatMember", arguments, _ANSWER_SECONDS))
        except BadRequest as error:
            return Membership.STRANGER if says(error, *_NO_MEMBER) else Membership.UNKNOWN
        except (Forbidden, TelegramError):
            return Membership.UNKNOWN


def _membership(member: Any) -> Membership:
    if not isinstance(member, dict) or (member.get("user") or {}).get("is_bot"):
        return Membership.STRANGER  # another bot in the group answers to nobody
    status = member.get("status")
    belongs = status in _MEMBERS or (status == "restricted" and member.get("is_member") is True)
    return Membership.MEMBER if belongs else Membership.STRANGER


class AttemptLimit:
    """Which refused attempts are recorded, so that nobody can fill the audit by trying again and again.

    `seconds` is a clock that only grows.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._by_person: OrderedDict[str, deque[float]] = OrderedDict()

    def is_recorded(self, person: str) -> bool:
        """Whether this one is to be recorded; further ones in an hour say nothing new, and are refused all the same."""
        times = self._by_person.setdefault(person, deque(maxlen=MOST_ATTEMPTS_AN_HOUR))
        self._by_person.move_to_end(person)
        if len(self._by_person) > _PEOPLE_REMEMBERED:
            self._by_person.popitem(last=False)
        now = self._seconds()
        if len(times) == MOST_ATTEMPTS_AN_HOUR and times[0] > now - _HOUR:
            return False
        times.append(now)
        return True


class Authorisation:
    """Decides whether whoever interacts may."""

    def __init__(self, staff: StaffGroup, members: MemberLookup | None = None) -> None:
        self._staff = staff
        self._members = members or MemberLookup(staff)
        self._attempts = AttemptLimit(staff.seconds)

    async def permits(self, interaction: Interaction, tried: str, group: int | None = None) -> bool:
        """Whether they may; otherwise they are told why not. Raises StorageError."""
        staff, message, by = self._staff, interaction.message, interaction.by
        if message.chat.id != staff.chat:
            why, said = "not in the staff group", staff_group_sentences(interaction.language).not_here
        elif message.sender_chat and not interaction.query:
            by = StaffMember(f"telegram:{message.sender_chat.id}", message.sender_chat.title or "")
            why, said = "anonymous", staff.words.anonymous
        else:
            return await self.permits_anywhere(interaction, tried, group)
        await self.record(by, tried, why, group)
        self._refuse(interaction, said)
        return False

    async def permits_anywhere(self, interaction: Interaction, tried: str, group: int | None = None) -> bool:
        """As `permits`, for what a member of the group may do outside it too, under their own name."""
        membership, words = await self._members.of(interaction.user.id), self._staff.words
        if membership is Membership.MEMBER:
            return True
        is_known = membership is Membership.STRANGER
        why = "not a member of the staff group" if is_known else "could not be checked"
        await self.record(interaction.by, tried, why, group)
        self._refuse(interaction, words.not_staff if is_known else words.cannot_check)
        return False

    async def record(self, by: StaffMember, tried: str, why: str, group: int | None = None) -> None:
        """Records what somebody tried that they may not."""
        if self._attempts.is_recorded(by.id):
            await self._staff.desk.refused(by, tried, why, group)

    def _refuse(self, interaction: Interaction, said: str) -> None:
        """Tells who tried; in other groups only who pressed a button, as others read along."""
        chat = interaction.message.chat
        if interaction.query:
            interaction.notice = said
        elif chat.id == self._staff.chat or chat.type == ChatType.PRIVATE:
            interaction.reply(literal(said))
