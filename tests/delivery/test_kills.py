"""The program is ended at random moments."""

from tests.delivery.checking import each, each_control, expect_broken, expect_kept
from tests.delivery.kills import KILLS
from tests.delivery.rows import Row


@each(KILLS)
async def test_assistant_keeps_the_promise(row: Row) -> None:
    await expect_kept(row)


@each_control(KILLS)
async def test_plain_bot_breaks_the_promise(row: Row) -> None:
    await expect_broken(row)
