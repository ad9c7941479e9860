"""Two instances on one PostgreSQL database, and a server that is restarted."""

import pytest

from tests.delivery.checking import each, expect_kept
from tests.delivery.instances import INSTANCES
from tests.delivery.rows import Row
from tests.postgresql import installed_programs


@pytest.mark.skipif(not installed_programs(), reason="PostgreSQL is not installed")
@each(INSTANCES)
async def test_assistant_keeps_the_promise(row: Row) -> None:
    await expect_kept(row)
