"""A Bot API in the test's own loop."""

import pytest

from tests.bot_api.service import BotApi


@pytest.fixture
def api() -> BotApi:
    return BotApi()
