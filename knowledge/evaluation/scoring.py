"""Counts verdicts: scores always come as a set, in scope and out of scope together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.evaluation.judging import InScope, Judged, OutOfScope

FOLLOW_UPS = "follow-ups"


@dataclass(frozen=True, slots=True)
class Scores:
    """How many questions in scope and out of scope met each verdict."""

    in_scope: Mapping[InScope, int]
    out_of_scope: Mapping[OutOfScope, int]

    @property
    def in_scope_asked(self) -> int:
        return sum(self.in_scope.values())

    @property
    def out_of_scope_asked(self) -> int:
        return sum(self.out_of_scope.values())

    def share(self, *verdicts: InScope) -> float | None:
        """The share of the in-scope questions that met one of the verdicts; None when there were none."""
        return _share(sum(self.in_scope[verdict] for verdict in verdicts), self.in_scope_asked)

    def out_of_scope_share(self, *verdicts: OutOfScope) -> float | None:
        """The share of the out-of-scope questions that met one of the verdicts; None when there were none."""
        return _share(sum(self.out_of_scope[verdict] for verdict in verdicts), self.out_of_scope_asked)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def scores(judged: Iterable[Judged]) -> Scores:
    """The counts of the verdicts."""
    met = Counter((type(each.verdict), each.verdict) for each in judged)
    return Scores(
        {verdict: met[InScope, verdict] for verdict in InScope},
        {verdict: met[OutOfScope, verdict] for verdict in OutOfScope},
    )


def by_label(judged: Sequence[Judged]) -> dict[str, Scores]:
    """The scores of each label (`kind near`, `style polite`), and of the later turns of conversations."""
    groups: dict[str, list[Judged]] = {}
    for each in judged:
        for name, value in each.case.labels.items():
            groups.setdefault(f"{name} {value}", []).append(each)
        if each.position > 0:
            groups.setdefault(FOLLOW_UPS, []).append(each)
    return {label: scores(groups[label]) for label in sorted(groups, key=lambda label: (label == FOLLOW_UPS, label))}
