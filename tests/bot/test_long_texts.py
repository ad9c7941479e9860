"""What is done with long texts holds the event loop no longer than what is done with short ones."""

import asyncio
import threading
import time

import pytest

from bot.dialogue.safety import alarm_in
from bot.long_texts import aside


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


@pytest.mark.parametrize(
    "piece", ["죽고 싶", "안 ", "불이 ", "도와 ", "골뱅이", "전화", "1 ", "공일공에", "want to ", "ㅋ", "."]
)
def test_time_to_look_for_danger_grows_with_length_only(piece: str) -> None:
    short, long = (piece * 1000)[:200], (piece * 1000)[:1000]
    alarm_in(short)  # what is compiled at first use is compiled by now
    assert min(_seconds(long) for _ in range(3)) < 4 * 5 * min(_seconds(short) for _ in range(5))


def _seconds(text: str) -> float:
    begun = time.thread_time()
    alarm_in(text)
    return time.thread_time() - begun
