"""Which update of the staff group is for what; it is asked before the citizens' side."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import ChatMigrated, TelegramError

from bot.access.console_access import ConsoleAccess
from bot.errors import StorageError
from bot.follow_up.overview.chart import as_png, statistics_chart
from bot.records.staff_sessions import LINK_LASTS
from handlers.telegram.citizens import Effects, command_in, names_us, replies_to_us
from handlers.telegram.staff import group_menus, staff_messages
from handlers.telegram.staff.authorisation import Authorisation, MemberLookup
from handlers.telegram.staff.button_presses import ButtonPresses
from handlers.telegram.staff.markup import PREFIX, literal
from handlers.telegram.staff.replies import Replies
from handlers.telegram.staff.staff_group import Interaction, StaffGroup

logger = logging.getLogger(__name__)

_DAYS = 30
_SECONDS_BETWEEN_ASKING = 60.0
_GROUPS = frozenset((ChatType.GROUP, ChatType.SUPERGROUP))

StaffHandler = Callable[[Update], Awaitable[Effects]]
"""Handles one update; what is to be done at Telegram for it. Raises StorageError."""
_Work = Callable[[Interaction, Update], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class ConsoleDoor:
    """The console, and the address of its sign-in, such as `https://city.example/console/sign-in`."""

    access: ConsoleAccess
    address: str


class StaffHandlers:
    """The handlers of one staff group.

    What is said in the group is for staff among themselves, unless it replies to a card or names the assistant.
    """

    def __init__(
        self, staff: StaffGroup, members: MemberLookup | None = None, console: ConsoleDoor | None = None
    ) -> None:
        self._staff = staff
        authorisation = Authorisation(staff, members)
        commands = _Commands(staff, authorisation, console)
        self._commands: dict[str, _Work] = {
            "open": commands.open,
            "digest": commands.digest,
            "stats": commands.stats,
            "pause": commands.pause,
            "resume": commands.resume,
            "console": commands.console,
        }
        self._asked_at = -_SECONDS_BETWEEN_ASKING
        self._help = commands.help
        self._presses = ButtonPresses(authorisation)
        self._replies = Replies(staff, authorisation)

    async def follow(self, update: Update) -> None:
        """Looks where the staff group is now, when something comes from a group that may be it under a new number.

        A refused call may have told another process, or this one a moment ago.
        """
        chat = update.effective_chat
        if chat is None or chat.type not in _GROUPS or chat.id == self._staff.chat:
            return
        try:
            await self._staff.follow_migration()
            if chat.id != self._staff.chat and self._is_worth_asking(update):
                await self._staff.ask("getChat", {"chat_id": None})
        except (StorageError, TelegramError) as error:
            logger.warning("Whether the staff group has a new number is not known now: %s", error)

    def _is_worth_asking(self, update: Update) -> bool:
        """Whether a message from elsewhere is what staff send, and Telegram was not asked in the last minute."""
        message, now = update.effective_message, self._staff.seconds()
        if message is None or now < self._asked_at + _SECONDS_BETWEEN_ASKING:
            return False
        if not replies_to_us(message) and command_in(message) not in self._commands:
            return False
        self._asked_at = now
        return True

    def of(self, update: Update) -> StaffHandler | None:
        """Whose the update is; None for one that is not staff's."""
        if update.callback_query:
            is_ours = (update.callback_query.data or "").startswith(PREFIX)
            return self._doing(self._press) if is_ours else None
        message = update.effective_message
        if message is None:
            return None
        if message.migrate_from_chat_id == self._staff.chat:
            return self._migrate
        command = command_in(message) if update.message else None
        if command in self._commands:
            return self._doing(self._commands[command])
        return self._here(message, command) if message.chat.id == self._staff.chat else None

    def _here(self, message: Message, command: str | None) -> StaffHandler | None:
        if message.migrate_to_chat_id:
            return self._migrate
        if command == "help":
            return self._doing(self._help)
        if replies_to_us(message):
            return self._doing(self._replies.take)
        if names_us(message):
            return None
        return self._doing(self._replies.take) if message.is_topic_message else _leave_alone

    def _doing(self, work: _Work) -> StaffHandler:
        """Does the work for what an update brings, and passes on what is done in return."""

        async def handle(update: Update) -> Effects:
            interaction, query = Interaction.of(update, self._staff), update.callback_query
            if interaction:
                await work(interaction, update)
            notice = interaction.notice if interaction else None
            return Effects(interaction.calls if interaction else (), {query.id: notice} if query else {})

        return handle

    async def _press(self, interaction: Interaction, update: Update) -> None:
        await self._presses.take(interaction, (update.callback_query and update.callback_query.data) or "")

    async def _migrate(self, update: Update) -> Effects:
        message = update.effective_message
        if message:
            await self._staff.migrate_to(message.migrate_to_chat_id or message.chat.id)
        return Effects()


class _Commands:
    """Answers the commands of members of the staff."""

    def __init__(self, staff: StaffGroup, authorisation: Authorisation, console: ConsoleDoor | None) -> None:
        self._staff = staff
        self._authorisation = authorisation
        self._console = console

    async def open(self, interaction: Interaction, _: Update) -> None:
        """The unfinished groups."""
        if await self._allowed(interaction, "/open"):
            interaction.reply(*await group_menus.open_list(self._staff))

    async def digest(self, interaction: Interaction, _: Update) -> None:
        """How the work stands."""
        if await self._allowed(interaction, "/digest"):
            digest = await self._staff.follow_up.reports.digest()
            interaction.reply(*await staff_messages.digest_text(digest, self._staff))

    async def stats(self, interaction: Interaction, _: Update) -> None:
        """Figures, with a picture.

        The outbox keeps no files, so the picture is sent at once: when it fails, or the update is handled twice, the
        figures, which say the same, are right all the same.
        """
        if not await self._allowed(interaction, "/stats"):
            return
        statistics = await self._staff.follow_up.reports.statistics(_DAYS)
        interaction.reply(staff_messages.statistics_text(statistics, self._staff))
        picture = as_png(statistics_chart(statistics, self._staff.words))
        await self._send_picture(interaction.message, picture)

    async def pause(self, interaction: Interaction, _: Update) -> None:
        """Citizens get a fixed line instead of answers."""
        if await self._allowed(interaction, "/pause"):
            deed = await self._staff.follow_up.pause.begin(interaction.by)
            interaction.reply(literal(staff_messages.paused_text(deed, self._staff)))

    async def resume(self, interaction: Interaction, _: Update) -> None:
        """Citizens get answers again."""
        if await self._allowed(interaction, "/resume"):
            words = self._staff.words
            ended = await self._staff.follow_up.pause.end(interaction.by)
            interaction.reply(literal(words.resumed if ended else words.not_paused))

    async def console(self, interaction: Interaction, _: Update) -> None:
        """A link into the console, in private."""
        if self._is_for_us(interaction):
            await _invite(interaction, self._authorisation, self._console)

    async def help(self, interaction: Interaction, _: Update) -> None:
        """What staff can do."""
        interaction.reply(literal(self._staff.words.help))

    async def _allowed(self, interaction: Interaction, command: str) -> bool:
        return self._is_for_us(interaction) and await self._authorisation.permits(interaction, command)

    def _is_for_us(self, interaction: Interaction) -> bool:
        """In other groups a command without a name may be another bot's."""
        message = interaction.message
        is_here = message.chat.id == self._staff.chat or message.chat.type == ChatType.PRIVATE
        return is_here or names_us(message)

    async def _send_picture(self, message: Message, picture: bytes) -> None:
        staff = self._staff
        thread = message.message_thread_id if message.is_topic_message else None
        caption = staff.words.chart.format(days=_DAYS)
        try:
            try:
                await staff.bot.send_photo(staff.chat, picture, caption=caption, message_thread_id=thread)
            except ChatMigrated as error:
                await staff.migrate_to(error.new_chat_id)
                await staff.bot.send_photo(staff.chat, picture, caption=caption)
            staff.budget.spend()
        except TelegramError as error:
            logger.warning("The picture of the statistics was not sent: %s", error.message)


async def _invite(interaction: Interaction, authorisation: Authorisation, door: ConsoleDoor | None) -> None:
    """Answers the command. Whoever is not of the staff is told so. Raises StorageError."""
    words = interaction.staff.words
    if not await authorisation.permits_anywhere(interaction, "/console"):
        return
    if interaction.message.chat.type != ChatType.PRIVATE:
        interaction.reply(literal(words.console_in_private))
    elif door is None:
        interaction.reply(literal(words.no_console))
    else:
        code = await door.access.code(interaction.by)
        link, minutes = f"{door.address}?code={code}", int(LINK_LASTS.total_seconds() / 60)
        said = words.console_link.format(link=link, code=code, minutes=minutes)
        interaction.reply(literal(said), protect_content=True)


async def _leave_alone(_: Update) -> Effects:
    """Does nothing."""
    return Effects()


async def introduce_to_staff(staff: StaffGroup) -> None:
    """Lists the commands in the group's menu; without that they work too."""
    words = staff.words
    listed = {
        "open": words.command_open,
        "digest": words.command_digest,
        "stats": words.command_stats,
        "console": words.command_console,
        "pause": words.command_pause,
        "resume": words.command_resume,
        "help": words.command_help,
    }
    commands = [{"command": name, "description": text} for name, text in listed.items()]
    scope = {"type": "chat", "chat_id": None}
    try:
        if await staff.ask("getMyCommands", {"scope": scope}) != commands:
            await staff.ask("setMyCommands", {"commands": commands, "scope": scope})
    except TelegramError as error:
        logger.warning(
            "Telegram did not take the commands of the staff group, which STAFF_CHAT_ID names: %s", error.message
        )
