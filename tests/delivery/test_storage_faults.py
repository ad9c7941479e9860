"""The power goes, the disk is full, the database is locked, damaged or large."""

from tests.delivery.checking import each, expect_kept
from tests.delivery.rows import Row
from tests.delivery.storage_faults import STORAGE_FAULTS


@each(STORAGE_FAULTS)
async def test_assistant_keeps_the_promise(row: Row) -> None:
    await expect_kept(row)
