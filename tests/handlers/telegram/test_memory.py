"""Whose conversation a chat is."""

from tests.handlers.telegram.building import World


async def test_each_chat_has_a_conversation_of_its_own(world: World) -> None:
    await world.citizen(7).type("예산이 얼마예요?")
    other = world.citizen(8)
    await other.type("그럼 언제?")
    assert "답을 찾지 못했어요." in other.screen()[-1].text


async def test_a_conversation_is_known_by_door_and_chat(world: World) -> None:
    await world.citizen(7).type("예산이 얼마예요?")
    assert await world.storage.conversations.recall("telegram:7", world.now) == "예산이 얼마예요?"


async def test_a_forged_press_does_not_change_the_conversation(world: World) -> None:
    citizen = world.citizen()
    await citizen.type("예산이 얼마예요?")
    for data in ("ekgone", "ck1:period", "x"):
        await citizen.press_data(2, data)
    assert await world.storage.conversations.recall("telegram:7", world.now) == "예산이 얼마예요?"
