"""Updates that nobody can handle: each becomes one dead letter, and everybody else is answered."""

from typing import Any

import pytest

from tests.handlers.telegram.building import World


def nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


PERSON = {"id": 8, "is_bot": False, "first_name": "길동"}
MESSAGE = {
    "message_id": 1,
    "date": 1_790_000_000,
    "chat": {"id": 8, "type": "private"},
    "from": PERSON,
    "text": "/help",
}
PRESS = {"id": "1", "from": PERSON, "message": MESSAGE, "chat_instance": "1", "data": "no:1"}
POISONED = [
    ("message", MESSAGE | {"x": nested(600)}),
    ("message", {"x": nested(900)}),
    ("message", MESSAGE | {f"key {number}": number for number in range(80_000)}),
    ("callback_query", PRESS | {"id": {"a": 1}}),
    ("callback_query", PRESS | {"id": nested(500)}),
    ("callback_query", PRESS | {"from": PERSON | {"id": 10**400}}),
    ("message", MESSAGE | {"chat": {"id": [8], "type": "private"}}),
    ("message", MESSAGE | {"from": PERSON | {"id": True}}),
    ("message", MESSAGE | {"message_id": "1", "text": ["?"]}),
    ("message", MESSAGE | {"reply_to_message": MESSAGE | {"message_id": {}}}),
    ("message", MESSAGE | {"date": 10**30}),
]


@pytest.mark.parametrize(("kind", "content"), POISONED, ids=range(len(POISONED)))
async def test_it_becomes_one_dead_letter_and_others_are_answered(
    world: World, kind: str, content: dict[str, Any]
) -> None:
    world.telegram.push(kind, content)
    citizen = world.citizen()
    await citizen.type("예산이 얼마예요?")
    assert len(citizen.screen()) == 2
    assert (await world.door.inbox.counts()).dead == 1
    assert not world.door.tasks.restarts


async def test_a_press_without_an_id_that_can_be_answered_is_tried_no_more(world: World) -> None:
    world.telegram.push("callback_query", PRESS | {"id": {"a": 1}})
    await world.settled()
    (letter,) = await world.door.inbox.dead_letters()
    assert letter.reason == "id is not what it has to be"


async def test_a_body_that_is_no_json_becomes_one_dead_letter(world: World) -> None:
    await world.door.intake.take_raw(b'{"message": ' + b"[" * 10_000)
    await world.settled()
    (letter,) = await world.door.inbox.dead_letters()
    assert letter.reason == "no JSON object"


async def test_presses_without_end_are_a_flood_too(world: World) -> None:
    for number in range(150):
        world.telegram.push("callback_query", PRESS | {"id": str(number)})
    await world.settled()
    assert world.door.metrics.updates_received <= 110
    assert world.door.metrics.updates_handled <= 110
