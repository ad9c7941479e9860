"""Updates come twice, broken, late, or to somebody else."""

from tests.delivery.checking import each, expect_kept
from tests.delivery.coming import COMING
from tests.delivery.rows import Row


@each(COMING)
async def test_assistant_keeps_the_promise(row: Row) -> None:
    await expect_kept(row)
