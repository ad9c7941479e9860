"""Citizens' own words for entries, known by what they chose."""

from dataclasses import dataclass

from knowledge.base import Language


@dataclass(frozen=True, slots=True)
class CitizensWording:
    """A masked question, and the entry that its askers then chose among suggestions.

    `number` is that of its first question; `people` is how many different people asked in these words.
    """

    number: int
    text: str
    language: Language
    entry_id: str
    people: int
