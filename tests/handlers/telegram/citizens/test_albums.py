"""Several pictures that are sent as one get one reply."""

import pytest

from tests.handlers.telegram.building import World

TEXT_ONLY = "사진, 음성, 스티커는 읽지 못해요. 궁금한 것을 글로 적어 주세요."


@pytest.mark.parametrize("kind", ["photo", "video", "document", "audio"])
async def test_an_album_gets_one_reply(world: World, kind: str) -> None:
    citizen = world.citizen()
    for _ in range(4):
        await citizen.send(kind, media_group_id="7")
    assert [seen.text for seen in citizen.screen()].count(TEXT_ONLY) == 1
    await citizen.send(kind, media_group_id="8")
    assert [seen.text for seen in citizen.screen()].count(TEXT_ONLY) == 2


async def test_what_is_written_below_an_album_is_answered_alone(world: World) -> None:
    citizen = world.citizen()
    await citizen.send("photo", "예산이 얼마예요?", media_group_id="7")
    await citizen.send("photo", media_group_id="7")
    assert len(citizen.screen()) == len(("the question", "its answer", "the other picture"))
    assert TEXT_ONLY not in [seen.text for seen in citizen.screen()]


async def test_pictures_that_are_no_album_get_a_reply_each(world: World) -> None:
    citizen = world.citizen()
    for _ in range(2):
        await citizen.send("photo")
    assert [seen.text for seen in citizen.screen()].count(TEXT_ONLY) == 2
