"""Telegram fails, refuses, or is out of reach."""

from tests.delivery.breaking import BREAKING
from tests.delivery.checking import each, each_control, expect_broken, expect_kept
from tests.delivery.rows import Row


@each(BREAKING)
async def test_assistant_keeps_the_promise(row: Row) -> None:
    await expect_kept(row)


@each_control(BREAKING)
async def test_plain_bot_breaks_the_promise(row: Row) -> None:
    await expect_broken(row)
