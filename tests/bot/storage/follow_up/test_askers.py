"""Who wants to be told."""

import pytest

from bot.storage.storage import Storage
from tests.bot.follow_up.building import CHANNEL, Office


async def test_asker_gets_another_receipt_when_somebody_has_the_first(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipts = iter(["A7K-3M4", "A7K-3M4", "A7K-3M4", "B2C-5D6"])
    monkeypatch.setattr("bot.storage.follow_up.askers.new_receipt", lambda: next(receipts))
    office = Office(storage)
    for chat in (1, 2):
        await office.ask("셔틀은?", chat)
    (first,) = await storage.follow_up.askers.of_citizen(CHANNEL, 1)
    (second,) = await storage.follow_up.askers.of_citizen(CHANNEL, 2)
    assert (first.receipt, second.receipt) == ("A7K-3M4", "B2C-5D6")
