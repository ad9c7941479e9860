from collections.abc import AsyncIterator

import pytest

from tests.handlers.telegram.staff.building import Office, an_office


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with an_office() as running_office:
        yield running_office
