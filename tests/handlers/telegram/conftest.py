from collections.abc import AsyncIterator

import pytest

from tests.handlers.telegram.building import World, a_world


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with a_world() as running_world:
        yield running_world
