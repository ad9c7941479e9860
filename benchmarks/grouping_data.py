"""Korean questions that ask the same by groups, for fitting grouping and for judging it."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.arrivals import Texts
from knowledge.base import KnowledgeBase
from knowledge.loading.loader import load_knowledge

TRAINING = Path("knowledge/training")
FEWEST_TEXTS = 4
_DRAWS_OF_THINGS = 5
"""There are many bases, and but one set of things in shared frames, which are the hard part."""


@dataclass(frozen=True, slots=True)
class Domain:
    """Groups of questions of one domain, and other questions that are answered there."""

    name: str
    groups: Texts
    background: Sequence[str] = ()
    draws: int = 2
    """How often groups are drawn from it to fit on."""


def things(file: Path, background: Sequence[str] = ()) -> Domain:
    """The questions of a file of lines with `thing` and `question`; those about one thing ask the same."""
    groups: dict[str, list[str]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        asked = json.loads(line)
        groups.setdefault(asked["thing"], []).append(asked["question"])
    return Domain(file.stem, groups, background, draws=_DRAWS_OF_THINGS)


def entries_of(folder: Path) -> Domain:
    """The ways to ask of each entry of a training base, and what citizens ask that it alone answers."""
    groups = ways_to_ask(load_knowledge(folder))
    for line in (folder / "in_scope.jsonl").read_text(encoding="utf-8").splitlines():
        asked = json.loads(line)
        if len(asked.get("entry", ())) == 1:
            groups[asked["entry"][0]].append(asked["question"])
    return Domain(folder.name, {name: texts for name, texts in groups.items() if len(texts) >= FEWEST_TEXTS})


def ways_to_ask(knowledge: KnowledgeBase) -> dict[str, list[str]]:
    """The Korean ways to ask of each entry."""
    return {
        entry.id: [text for language, text in entry.ways_to_ask() if language == "ko"]
        for entry in knowledge.entries.values()
    }


def drawn(domain: Domain, groups: int, texts: int, seed: int) -> Domain:
    """So many of the groups with so many texts each; a text of each other group is background."""
    chance = random.Random(seed)
    chosen = chance.sample(sorted(domain.groups), min(groups, len(domain.groups)))
    kept: Mapping[str, Sequence[str]] = {
        name: chance.sample(domain.groups[name], min(texts, len(domain.groups[name]))) for name in chosen
    }
    others = [found[0] for name, found in domain.groups.items() if name not in kept]
    return Domain(domain.name, kept, (*domain.background, *others))


def training_domains() -> list[Domain]:
    """What the numbers of grouping are fitted to: every base, and things in shared frames."""
    bases = [entries_of(folder) for folder in sorted((TRAINING / "bases").iterdir()) if folder.is_dir()]
    return [*bases, things(TRAINING / "grouping" / "frames.jsonl")]
