import asyncio
import logging
import threading

import pytest

from bot.event_loop import LastingTasks, aside


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


def _thread_of(_: str) -> str:
    return threading.current_thread().name


async def test_a_short_text_is_read_at_once() -> None:
    assert await aside(_thread_of, "집적단지 예산이 얼마예요?") == threading.current_thread().name


async def test_long_texts_are_read_in_one_thread_of_their_own() -> None:
    names = await asyncio.gather(*(aside(_thread_of, "가" * 1000) for _ in range(20)))
    assert set(names) == {names[0]}
    assert names[0] != threading.current_thread().name


async def test_others_go_on_while_a_long_text_is_read() -> None:
    may_end = threading.Event()
    reading = asyncio.ensure_future(aside(lambda text: may_end.wait(60) and len(text), "가" * 1000))
    await asyncio.sleep(0)
    assert await aside(len, "짧은 글") == 4
    assert not reading.done()
    may_end.set()
    assert await reading == 1000


async def test_an_error_is_raised_to_whoever_asked() -> None:
    def fails(_: str) -> None:
        raise ValueError("no")

    for text in ("가", "가" * 1000):
        with pytest.raises(ValueError, match="no"):
            await aside(fails, text)
