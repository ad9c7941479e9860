"""The short form of a row, as a test: the assistant keeps the promise, and the plain bot breaks it."""

from collections.abc import Sequence

import pytest

from tests.delivery.rows import SHORT, Row
from tests.delivery.subjects import ASSISTANT


def each(rows: Sequence[Row]) -> pytest.MarkDecorator:
    """The test takes each row of the suite, as `row`."""
    rows = [row for row in rows if row.suite]
    return pytest.mark.parametrize("row", rows, ids=[row.name for row in rows])


def each_control(rows: Sequence[Row]) -> pytest.MarkDecorator:
    """The test takes each row whose promise the plain bot breaks, as `row`."""
    return each([row for row in rows if row.control])


async def expect_kept(row: Row, seed: int = 0) -> None:
    """Fails when the assistant breaks the promise."""
    figures = await row.run(ASSISTANT, SHORT, seed)
    assert not figures.failures, (row.fault, figures)


async def expect_broken(row: Row) -> None:
    """Fails when the plain bot keeps the promise: then the row finds nothing out."""
    figures = await row.run(row.plain, SHORT, 0)
    assert any(row.control in failure for failure in figures.failures), (row.fault, figures)
