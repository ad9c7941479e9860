"""How fast, how fair, and for how long."""

from tests.delivery.checking import each, expect_kept
from tests.delivery.load import LOAD
from tests.delivery.rows import Row


@each(LOAD)
async def test_assistant_keeps_the_promise(row: Row) -> None:
    await expect_kept(row)
