"""How fast, how fair, and for how long."""

from tests.delivery.checking import each, each_control, expect_broken, expect_kept
from tests.delivery.load import LOAD
from tests.delivery.rows import Row


@each(LOAD)
async def test_assistant_keeps_the_promise(row: Row) -> None:
    await expect_kept(row)


@each_control(LOAD)
async def test_plain_bot_breaks_the_promise(row: Row) -> None:
    await expect_broken(row)
