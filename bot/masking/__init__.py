"""Replaces personal numbers by typed placeholders of the same length, before anything else sees a text.

A text is copied into plain characters, and digits are found however they are separated (`plain_copy`). They are judged
by their structure (`numbers`) and the words around them (`surroundings`); what is written with letters has patterns
(`identifiers`). `placeholder` looks for all of them, and writes over what was found.
"""

from bot.masking.placeholder import (
    PLACEHOLDER,
    hides_telephone_number,
    mask,
    mask_beginning,
    personal_numbers,
)

__all__ = ["PLACEHOLDER", "hides_telephone_number", "mask", "mask_beginning", "personal_numbers"]
