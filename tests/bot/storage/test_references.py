"""The end of a call is told to what the call was for, in the same transaction, once."""

import logging

import pytest

from bot.delivery import CallEnd, Closed, Postponed, Sent
from bot.storage.storage import Storage
from tests.bot.storage.building import NOON, a_question
from tests.bot.storage.delivering import a_call, claimed


async def test_only_what_is_over_is_told_to_whom_it_concerns(storage: Storage) -> None:
    notices: list[tuple[str, Sent | Closed]] = []
    others: list[tuple[str, Sent | Closed]] = []

    async def told(reference: str, end: Sent | Closed) -> None:
        notices.append((reference, end))

    async def told_other(reference: str, end: Sent | Closed) -> None:
        others.append((reference, end))

    outbox = storage.outbox("telegram", {"notice": told, "card": told_other})
    references = ("notice:1", "notice:2", "notice:3", None, "unknown:4", "card")
    await outbox.add([a_call(chat=chat, reference=reference) for chat, reference in enumerate(references)], NOON)
    calls = await claimed(outbox)
    ends: list[CallEnd] = [
        Sent(calls[0].number, 7), Closed(calls[1].number, "blocked"), Postponed(calls[2].number, NOON),
        *(Sent(call.number) for call in calls[3:]),
    ]  # fmt: skip
    for _ in range(2):
        await outbox.turn_over(ends, NOON, limit=0, newest=0)
    assert notices == [("notice:1", Sent(calls[0].number, 7)), ("notice:2", Closed(calls[1].number, "blocked"))]
    assert others == [("card", Sent(calls[5].number))]


async def test_what_is_written_when_told_counts_together_with_the_end(storage: Storage) -> None:
    async def told(reference: str, _: Sent | Closed) -> None:
        await storage.questions.record(a_question(reference))

    outbox = storage.outbox("telegram", {"notice": told})
    await outbox.add([a_call(reference="notice:1"), a_call("next")], NOON)
    (call,) = await claimed(outbox)
    await claimed(outbox, NOON, Sent(call.number, 7))
    assert len(await storage.questions.listed()) == 1


async def test_defect_of_who_is_told_stops_no_other_call(storage: Storage, caplog: pytest.LogCaptureFixture) -> None:
    async def told(_: str, __: Sent | Closed) -> None:
        raise KeyError("a defect")

    outbox = storage.outbox("telegram", {"notice": told})
    await outbox.add([a_call(reference="notice:1"), a_call("next")], NOON)
    (call,) = await claimed(outbox)
    with caplog.at_level(logging.ERROR):
        (following,) = await claimed(outbox, NOON, Sent(call.number, 7))
    assert following.arguments["text"] == "next"
    assert "could not be passed on to 'notice:1'" in caplog.text
