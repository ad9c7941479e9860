"""`/console`: a member of the staff gets a link into the console, in private, where nobody reads along."""

from dataclasses import dataclass

from telegram.constants import ChatType

from bot.access.console_access import ConsoleAccess
from bot.records.staff_sessions import LINK_LASTS
from handlers.telegram.staff.authorisation import Authorisation
from handlers.telegram.staff.interaction import Interaction
from handlers.telegram.staff.markup import literal


@dataclass(frozen=True, slots=True)
class ConsoleDoor:
    """The console, and the address of its sign-in, such as `https://city.example/console/sign-in`."""

    access: ConsoleAccess
    address: str


async def invite(interaction: Interaction, authorisation: Authorisation, door: ConsoleDoor | None) -> None:
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
