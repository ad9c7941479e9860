"""ParaKQC, Korean sentences in groups of ten paraphrases, arranged as phrasings and questions.

Cho et al., LREC 2020, repository warnikchow/paraKQC, CC BY-SA 4.0. It is not part of this project: benchmarks are given
its path.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.base import Bilingual, Entry, KnowledgeBase, Topic

GROUP_SIZE = 10
PHRASINGS = 3
ASKED = 1_500
_SENTENCE_COLUMN = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the id of the group it belongs to."""

    text: str
    group: str


@dataclass(frozen=True, slots=True)
class Split:
    """Groups of which some sentences are phrasings, and questions from the rest."""

    phrasings: dict[str, list[str]]
    asked: list[Asked]

    def knowledge(self) -> KnowledgeBase:
        """The groups as entries of a knowledge base, without answers."""
        return knowledge_of(self.phrasings)

    def only(self, groups: Iterable[str]) -> "Split":
        """The same questions, while only those groups are known."""
        return Split({group: self.phrasings[group] for group in groups}, self.asked)


def read_groups(file: Path) -> list[list[str]]:
    """The sentences of each group. Raises OSError, or ValueError when the file is another one."""
    lines = file.read_text(encoding="utf-8").splitlines()
    sentences = [line.split("\t")[_SENTENCE_COLUMN] for line in lines if line.count("\t") >= _SENTENCE_COLUMN]
    if not sentences or len(sentences) % GROUP_SIZE:
        raise ValueError(f"{file} does not hold groups of {GROUP_SIZE} sentences in the third column")
    return [sentences[start : start + GROUP_SIZE] for start in range(0, len(sentences), GROUP_SIZE)]


def split(groups: Sequence[Sequence[str]], seed: int) -> Split:
    """The first three sentences of each shuffled group as phrasings, and questions drawn from the rest."""
    draw = random.Random(seed)
    shuffled = {str(number): draw.sample(group, len(group)) for number, group in enumerate(groups)}
    rest = [Asked(text, group) for group, texts in shuffled.items() for text in texts[PHRASINGS:]]
    asked = draw.sample(rest, min(ASKED, len(rest)))
    return Split({group: texts[:PHRASINGS] for group, texts in shuffled.items()}, asked)


def knowledge_of(phrasings: dict[str, list[str]]) -> KnowledgeBase:
    """Entries with these ways to ask, which say nothing else."""
    nothing = Bilingual("")
    entries = tuple(
        Entry(group, "parakqc", Bilingual(first), nothing, {"ko": tuple(rest)})
        for group, (first, *rest) in phrasings.items()
    )
    return KnowledgeBase((Topic("parakqc", nothing, entries),))
