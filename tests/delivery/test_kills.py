"""The program is ended at random moments."""

from tests.delivery.checking import each, expect_kept
from tests.delivery.kills import KILLS
from tests.delivery.rows import Row


@each(KILLS)
async def test_assistant_keeps_the_promise(row: Row) -> None:
    await expect_kept(row)
