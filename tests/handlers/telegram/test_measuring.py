from tests.handlers.telegram.building import World


async def test_what_happens_is_counted(world: World) -> None:
    citizen = world.citizen()
    for text in ("예산이 얼마예요?", "얼마나 들어요?", "날씨 어때요?"):
        await citizen.type(text)
    levels, metrics = await world.door.levels(), world.door.metrics
    assert (metrics.updates_received, metrics.updates_handled, metrics.calls_sent) == (3, 3, 3)
    assert sum(metrics.reply_seconds.counts) == 3
    assert 0 < metrics.reply_seconds.total < 30
    assert (levels.updates_waiting, levels.calls_waiting, levels.updates_dead) == (0, 0, 0)
    assert (levels.questions_open, levels.knowledge_entries, levels.is_leader) == (1, 15, True)
    assert set(world.door.metrics.replies.values()) == {1}


async def test_all_is_well_once_it_runs(world: World) -> None:
    await world.citizen().type("예산이 얼마예요?")
    assert await world.door.problems() == {"database": "", "knowledge": "", "telegram": ""}
