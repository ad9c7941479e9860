"""The short form of a row, as a test: the assistant keeps the promise. The plain bot breaks it: see `soak`."""

from collections.abc import Sequence

import pytest

from tests.delivery.rows import SHORT, Row
from tests.delivery.subjects import ASSISTANT


def each(rows: Sequence[Row]) -> pytest.MarkDecorator:
    """The test takes each row of the suite, as `row`."""
    rows = [row for row in rows if row.suite]
    return pytest.mark.parametrize("row", rows, ids=[row.name for row in rows])


_TRIES = 3


async def expect_kept(row: Row, seed: int = 0) -> None:
    """Fails when the assistant breaks the promise.

    What is sent as the assistant is killed is sent at least once, see docs/reliability.md: a run in which a question
    has a second message, and nothing else is wrong, is tried again with other moments. Nothing that is lost is.
    """
    for attempt in range(_TRIES):
        figures = await row.run(ASSISTANT, SHORT, seed + attempt)
        if not figures.failures or any(not failure.endswith(" doubles") for failure in figures.failures):
            break
    assert not figures.failures, (row.fault, figures)
