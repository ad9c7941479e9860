"""What is done with a long text is done off the event loop, one text at a time: a flood of them holds nobody up."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Found = TypeVar("_Found")

_SHORT = 150
"""Characters; what is done with so few takes a few milliseconds at most."""
_worker = ThreadPoolExecutor(1, thread_name_prefix="long-texts")
"""One thread: several would keep the event loop waiting for its turn many times as long."""


async def aside(work: Callable[[str], _Found], text: str) -> _Found:
    """What the work makes of the text: at once of a short one, in the thread of a long one."""
    if len(text) <= _SHORT:
        return work(text)
    return await asyncio.get_running_loop().run_in_executor(_worker, work, text)
