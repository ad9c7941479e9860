"""Messages come out of frames as they went in, and entries as the receiver's own."""

import asyncio
from io import BytesIO

import pytest

from bot.matcher_process.protocol import Codec, read_body, read_body_now
from knowledge.base import Bilingual, Entry
from tests.bot.dialogue.small_assistant import BUDGET, KNOWLEDGE


def _body(frame: bytes) -> bytes:
    body = read_body_now(BytesIO(frame))
    assert body is not None
    return body


@pytest.mark.parametrize("message", [None, "가\ud800\0", ("a", 1, 0.5, {"b": ()}), "x" * 5_000_000])
def test_message_comes_out_as_it_went_in(message: object) -> None:
    assert Codec().message(_body(Codec().frame(message))) == message


def test_knowledge_base_travels_whole() -> None:
    assert Codec().message(_body(Codec().frame(KNOWLEDGE))) == KNOWLEDGE


def test_entries_travel_as_ids() -> None:
    other = Codec().message(_body(Codec().frame(KNOWLEDGE)))
    frame = Codec(KNOWLEDGE).frame([BUDGET, (BUDGET,)])
    assert "4116" not in frame.decode("utf-8", "replace")
    first, (second,) = Codec(other).message(_body(frame))
    assert first is second is other.entries["budget"]


def test_entry_of_no_knowledge_base_travels_whole() -> None:
    own = Entry("own", "none", Bilingual("?"), Bilingual("!"))
    assert Codec(KNOWLEDGE).message(_body(Codec(KNOWLEDGE).frame(own))) == own


async def test_frames_are_read_one_after_the_other() -> None:
    stream = asyncio.StreamReader()
    frames = Codec().frame("first") + Codec().frame("second")
    for part in (frames[:3], frames[3:20], frames[20:]):
        stream.feed_data(part)
    stream.feed_eof()
    assert [Codec().message(await read_body(stream)) for _ in range(2)] == ["first", "second"]
    with pytest.raises(asyncio.IncompleteReadError):
        await read_body(stream)


@pytest.mark.parametrize("kept", [0, 3, 8, 12])
def test_frame_that_was_cut_off_is_the_end(kept: int) -> None:
    assert read_body_now(BytesIO(Codec().frame("message")[:kept])) is None
