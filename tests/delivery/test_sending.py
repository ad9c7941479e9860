"""Telegram fails, refuses, or is out of reach."""

from tests.delivery.breaking import BREAKING
from tests.delivery.checking import each, expect_kept
from tests.delivery.rows import Row


@each(BREAKING)
async def test_assistant_keeps_the_promise(row: Row) -> None:
    await expect_kept(row)
