"""Updates come twice, broken, late, or to somebody else."""

from tests.delivery.checking import each, each_control, expect_broken, expect_kept
from tests.delivery.coming import COMING
from tests.delivery.rows import Row


@each(COMING)
async def test_assistant_keeps_the_promise(row: Row) -> None:
    await expect_kept(row)


@each_control(COMING)
async def test_plain_bot_breaks_the_promise(row: Row) -> None:
    await expect_broken(row)
