"""A smaller draw of the benchmark; it needs a file that is not part of the project."""

import os
from pathlib import Path

import pytest

from knowledge.grouping import QuestionGrouping

DRAWS, GROUPS = 3, 20
LEAST_F1 = 0.9


@pytest.fixture(scope="module")
def parakqc() -> Path:
    """ParaKQC's file, where the environment names it."""
    if not os.environ.get("PARAKQC"):
        pytest.skip("PARAKQC does not name parakqc_v1.txt of warnikchow/paraKQC")
    pytest.importorskip("sklearn", reason="the benchmarks' libraries are not installed")
    return Path(os.environ["PARAKQC"])


def test_paraphrases_that_arrive_one_by_one_are_grouped(grouping: QuestionGrouping, parakqc: Path) -> None:
    from benchmarks.arrivals import draw, halves
    from benchmarks.grouping_fit import place_all
    from benchmarks.parakqc import read_groups

    _, judged_by = halves({str(number): group for number, group in enumerate(read_groups(parakqc))})
    drawn = [draw(judged_by, GROUPS, seed) for seed in range(DRAWS)]
    scores = [arrivals.scores(place_all(grouping, arrivals)).f1 for arrivals in drawn]
    assert sum(scores) / DRAWS >= LEAST_F1, scores
