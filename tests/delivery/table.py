"""All rows."""

from tests.delivery.breaking import BREAKING
from tests.delivery.chats import CHATS
from tests.delivery.coming import COMING
from tests.delivery.kills import KILLS

ROWS = (*KILLS, *COMING, *BREAKING, *CHATS)
