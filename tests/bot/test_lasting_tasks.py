import asyncio
import logging

import pytest

from bot.lasting_tasks import LastingTasks


class SomeError(Exception):
    """What nobody foresaw."""


class SettingIsWrongError(Exception):
    """What only a person can put right."""


async def test_a_task_that_met_a_defect_is_begun_anew(caplog: pytest.LogCaptureFixture) -> None:
    tasks = LastingTasks(first_pause=0)
    defects = [SomeError("one"), SomeError("two")]

    async def work() -> None:
        if defects:
            raise defects.pop()

    await tasks.run("sending", work)
    assert tasks.restarts == {"sending": 2}
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2


async def test_what_only_a_person_can_put_right_ends_it() -> None:
    tasks = LastingTasks(SettingIsWrongError, first_pause=0)

    async def work() -> None:
        raise SettingIsWrongError

    with pytest.raises(SettingIsWrongError):
        await tasks.run("receiving", work)
    assert not tasks.restarts


async def test_a_cancelled_task_ends() -> None:
    task = asyncio.create_task(LastingTasks().run("receiving", asyncio.Event().wait))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
