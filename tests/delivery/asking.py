"""Asks many questions at a steady rate."""

import asyncio
import time
from dataclasses import dataclass

from tests.bot_api.citizens import Asked
from tests.bot_api.client import RemoteBotApi
from tests.delivery.questions import question

FIRST_CITIZEN = 100_001
_MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """`count` questions from so many citizens in turn, at `rate` a second (0: all at once), numbered from `first`."""

    count: int
    rate: float = 50.0
    citizens: int = 50
    first: int = 0
    first_citizen: int = FIRST_CITIZEN

    @property
    def seconds(self) -> float:
        """How long the asking takes."""
        return self.count / self.rate if self.rate else 0.0

    def chat(self, number: int) -> int:
        """Who asks the question of that number."""
        return self.first_citizen + number % self.citizens


async def ask(api: RemoteBotApi, plan: Plan) -> dict[int, Asked]:
    """Asks them; what was asked, by number."""
    asked: dict[int, Asked] = {}
    began = time.monotonic()
    while len(asked) < plan.count:
        passed = time.monotonic() - began
        due = min(plan.count, int(passed * plan.rate) + 1) if plan.rate else plan.count
        numbers = range(plan.first + len(asked), plan.first + min(due, len(asked) + _MOST_AT_ONCE))
        if numbers:
            acts = [{"act": "say", "chat": plan.chat(number), "text": question(number)} for number in numbers]
            asked.update(zip(numbers, await api.act(*acts), strict=True))
        else:
            await asyncio.sleep(max(0.001, len(asked) / plan.rate - passed))
    return asked
