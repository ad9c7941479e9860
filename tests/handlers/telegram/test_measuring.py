import pytest

from tests.bot_api.refusals import Refusal
from tests.handlers.telegram.building import World


async def test_what_happens_is_counted(world: World) -> None:
    citizen = world.citizen()
    for text in ("예산이 얼마예요?", "얼마나 들어요?", "날씨 어때요?"):
        await citizen.type(text)
    levels, metrics = await world.door.levels(), world.door.metrics
    assert (metrics.updates_received, metrics.updates_handled, metrics.calls_sent) == (3, 3, 3)
    assert sum(metrics.reply_seconds.counts) == 3
    assert metrics.reply_seconds.total > 0
    assert (levels.updates_waiting, levels.calls_waiting, levels.updates_dead) == (0, 0, 0)
    assert (levels.questions_open, levels.knowledge_entries, levels.is_leader) == (1, 15, True)
    assert set(world.door.metrics.replies.values()) == {1}


async def test_all_is_well_once_it_runs(world: World) -> None:
    await world.citizen().type("예산이 얼마예요?")
    assert not await world.door.problem()


async def test_telegram_is_not_well_when_it_does_not_answer(world: World) -> None:
    await world.citizen().type("예산이 얼마예요?")
    world.telegram.refuse_next("getMe", Refusal(502, "Bad Gateway"))
    assert await world.door.problem() == "it does not answer"
    assert not await world.door.problem()


async def test_a_token_that_was_revoked_is_said(world: World) -> None:
    await world.citizen().type("예산이 얼마예요?")
    world.telegram.refuse_next("getMe", Refusal(401, "Unauthorized"))
    assert await world.door.problem() == "it does not accept the token any more"


async def test_a_call_waits_for_a_new_token_and_the_log_says_so(world: World, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        world.telegram.refuse_next("getUpdates", Refusal(401, "Unauthorized"))
    citizen = world.citizen()
    await citizen.type("예산이 얼마예요?")
    assert len(citizen.screen()) == 2
    assert "Telegram does not accept the token" in caplog.text
    assert "ndpoint" not in caplog.text


async def test_how_long_questions_wait_is_measured(world: World) -> None:
    await world.citizen().type("날씨 어때요?")
    levels = await world.door.levels()
    assert levels.questions_open_longer == {1: 0, 7: 0, 30: 0} or levels.questions_open_longer[1] == 1
    assert levels.questions_oldest_seconds is not None
    assert levels.poll_age_seconds is not None
