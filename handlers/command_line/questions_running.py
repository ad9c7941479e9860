"""Runs the follow-up for one command, and says who works at this terminal."""

import asyncio
import os
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from bot.errors import AssistantError
from bot.records.errors import ActRefusedError, UnsuitableTextError
from bot.records.groups import StaffMember
from handlers.command_line.output import language_of_terminal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.follow_up.service import FollowUp
    from handlers.command_line.root import CompositionRoot

_Result = TypeVar("_Result")


def with_follow_up(root: "CompositionRoot", work: "Callable[[FollowUp], Awaitable[_Result]]") -> _Result:
    """What the work returns; a refusal is raised as AssistantError in the terminal's language."""
    timezone = ZoneInfo(root.settings().timezone)

    async def run() -> _Result:
        async with root.storage() as storage:
            return await work(root.follow_up(storage))

    try:
        return asyncio.run(run())
    except (ActRefusedError, UnsuitableTextError) as error:
        from bot.wording.staff_acts import explanation

        raise AssistantError(explanation(error, language_of_terminal(), timezone)) from error


def staff_member() -> StaffMember:
    """Whoever is logged in: what the system knows, not what a variable says."""
    try:
        import pwd

        login = pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):  # not on Windows; no name for the user of a container
        login = str(os.getuid()) if hasattr(os, "getuid") else os.getlogin()
    return StaffMember(f"terminal:{login}", login)
