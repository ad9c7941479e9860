"""The numbers that people in danger are given, in one place, to be reviewed by whoever runs the assistant.

Reviewed: each is the national number of the Republic of Korea for its purpose and is answered around the clock.
"""

from typing import Final

NUMBERS: Final = {
    "suicide": "109",
    "emergency": "119",
    "police": "112",
    "youth": "1388",
    "women": "1366",
    "school": "117",
}
"""By the name that the sentences in `bot.wording` call them by."""
