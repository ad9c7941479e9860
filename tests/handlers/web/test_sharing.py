"""What costs something is asked for once for everybody who wants it at the same moment."""

import asyncio

from handlers.web.sharing import Shared


class Source:
    """Something that is asked for, and counts how often."""

    def __init__(self) -> None:
        self.asked = 0

    async def ask(self) -> int:
        self.asked += 1
        await asyncio.sleep(0)
        return self.asked


async def test_all_who_ask_at_once_get_the_same() -> None:
    shared = Shared(Source().ask, seconds=60)
    assert await asyncio.gather(*(shared.get() for _ in range(10))) == [1] * 10


async def test_what_is_known_too_long_is_asked_for_again() -> None:
    shared = Shared(Source().ask, seconds=0)
    assert [await shared.get(), await shared.get()] == [1, 2]


async def test_who_leaves_while_it_is_asked_for_takes_nothing_along() -> None:
    source = Source()
    shared = Shared(source.ask, seconds=60)
    first = asyncio.create_task(shared.get())
    await asyncio.sleep(0)
    first.cancel()
    assert await shared.get() == 2
