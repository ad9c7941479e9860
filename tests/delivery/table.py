"""All rows."""

from tests.delivery.breaking import BREAKING
from tests.delivery.chats import CHATS
from tests.delivery.coming import COMING
from tests.delivery.fairness import FAIRNESS
from tests.delivery.growing import GROWING
from tests.delivery.instances import INSTANCES
from tests.delivery.kills import KILLS
from tests.delivery.load import LOAD
from tests.delivery.storage_faults import STORAGE_FAULTS

ROWS = (*KILLS, *COMING, *BREAKING, *CHATS, *STORAGE_FAULTS, *INSTANCES, *GROWING, *LOAD, *FAIRNESS)
