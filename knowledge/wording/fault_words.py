"""The form in which each language speaks of a kind of fault."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaultWords:
    """What is wrong, and what to type instead; `{names}` in them are filled in from the details of a fault.

    `nearer` takes the place of the advice where the details tell a `near` value that was probably meant.
    """

    wrong: str
    advice: str
    nearer: str | None = None

    def what_is_wrong(self, details: Mapping[str, str]) -> str:
        """The first of the two, with its details."""
        return self.wrong.format_map(details)

    def what_to_do(self, details: Mapping[str, str]) -> str:
        """The second, with its details."""
        template = self.nearer if self.nearer and details.get("near") else self.advice
        return template.format_map(details)
