"""The short form of a row, as a test: the assistant keeps the promise. The plain bot breaks it: see `soak`."""

from collections.abc import Sequence

import pytest

from tests.delivery.rows import SHORT, Row
from tests.delivery.subjects import ASSISTANT


def each(rows: Sequence[Row]) -> pytest.MarkDecorator:
    """The test takes each row of the suite, as `row`."""
    rows = [row for row in rows if row.suite]
    return pytest.mark.parametrize("row", rows, ids=[row.name for row in rows])


async def expect_kept(row: Row, seed: int = 0) -> None:
    """Fails when the assistant breaks the promise."""
    figures = await row.run(ASSISTANT, SHORT, seed)
    assert not figures.failures, (row.fault, figures)
