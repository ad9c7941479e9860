"""Chats that are gone, long answers, hostile texts, wrong presses."""

from tests.delivery.chats import CHATS
from tests.delivery.checking import each, expect_kept
from tests.delivery.rows import Row


@each(CHATS)
async def test_assistant_keeps_the_promise(row: Row) -> None:
    await expect_kept(row)
