"""Whose an update is, staff's or a citizen's, and what is done for it."""

from dataclasses import dataclass

from telegram import Update
from telegram.constants import UpdateType

from bot.dialogue.considered import Considered
from bot.dialogue.dialogue import Dialogue, apology, too_many
from handlers.telegram.citizens.incoming import turn_of
from handlers.telegram.citizens.outgoing import effects_of
from handlers.telegram.outbox.effects import Effects
from handlers.telegram.staff.staff_handlers import StaffHandler, StaffHandlers

ALLOWED_UPDATES = (UpdateType.MESSAGE, UpdateType.EDITED_MESSAGE, UpdateType.CALLBACK_QUERY)


@dataclass(frozen=True, slots=True)
class Routed:
    """An update that is understood: staff's, with its handler, or a citizen's; neither where it asks for nothing."""

    update: Update
    handler: StaffHandler | None = None
    considered: Considered | None = None

    @property
    def unwritten(self) -> Effects:
        """What may be done while nothing can be written."""
        response = self.considered.unwritten if self.considered else None
        return effects_of(response, self.update) if response else Effects()


class Router:
    """Takes updates to the staff's handlers or to the citizens' dialogue."""

    def __init__(self, dialogue: Dialogue, staff: StaffHandlers | None = None) -> None:
        self.dialogue = dialogue
        self.staff = staff

    async def consider(self, update: Update) -> Routed:
        """Understands an update; nothing is written. Raises what `Dialogue.consider` does."""
        if self.staff:
            await self.staff.follow(update)
        handler = self.staff.of(update) if self.staff else None
        if handler:
            return Routed(update, handler)
        turn = turn_of(update)
        return Routed(update, considered=await self.dialogue.consider(turn) if turn else None)

    def refuse(self, update: Update) -> Routed:
        """An update that was too many: its citizen is told that no more messages are taken for a while."""
        turn = turn_of(update)
        return Routed(update, considered=Considered(turn, too_many(turn)) if turn else None)

    async def settle(self, routed: Routed) -> Effects:
        """Writes what follows from an update, in a unit of work; gives what is to be done. Raises StorageError."""
        if routed.considered:
            return effects_of(await self.dialogue.settle(routed.considered), routed.update)
        effects = Effects()
        if routed.handler:
            await routed.handler(routed.update, effects)
        return effects


def apologize(update: Update) -> Effects:
    """Tells the citizen that it does not work now."""
    turn = turn_of(update)
    return effects_of(apology(turn), update) if turn else Effects()
