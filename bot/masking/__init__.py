"""Replaces personal numbers by typed placeholders of the same length, before anything else sees a text.

A text is copied into plain characters (`plain_copy`). Digits are found first, however they are separated
(`digit_run`), and judged by their structure and the words around them (`numbers`); what is written with letters has
patterns (`identifiers`). `placeholder` writes over what was found.
"""

from bot.masking.placeholder import (
    PLACEHOLDER,
    hides_telephone_number,
    mask,
    mask_beginning,
    personal_numbers,
)

__all__ = ["PLACEHOLDER", "hides_telephone_number", "mask", "mask_beginning", "personal_numbers"]
