"""Replaces personal numbers by typed placeholders of the same length, before anything else sees a text."""

from bot.masking.masking import mask

__all__ = ["mask"]
