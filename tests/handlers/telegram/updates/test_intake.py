"""Masking holds nobody up: it is done beside the loop."""

import asyncio
import threading
from typing import Any

import pytest

from handlers.telegram.updates import intake
from handlers.telegram.updates.raw_updates import received
from tests.handlers.telegram.building import World


async def test_masking_is_done_beside_the_loop(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    masked_in: set[int] = set()

    def watched(update: dict[str, Any], **more: Any) -> Any:
        masked_in.add(threading.get_ident())
        return received(update, **more)

    monkeypatch.setattr(intake, "received", watched)
    citizens = [world.citizen(user_id=number) for number in (7, 8)]
    await asyncio.gather(*(citizen.type("예산이 얼마예요? " + "010-1234-5678 " * 200) for citizen in citizens))
    assert masked_in
    assert threading.get_ident() not in masked_in
    assert [len(citizen.screen()) for citizen in citizens] == [2, 2]
