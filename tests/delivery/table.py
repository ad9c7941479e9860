"""All rows."""

from tests.delivery.kills import KILLS

ROWS = (*KILLS,)
