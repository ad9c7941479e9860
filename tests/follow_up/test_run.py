from pathlib import Path

import pytest

from tests.follow_up.run import run
from tests.prepared import OWN, ROOT

YOUTH_CENTRE = ROOT / "benchmarks/bases/youth_centre"
"""A base of few entries: of the project's own, each draft makes all texts be embedded, which takes a minute."""


@pytest.mark.parametrize("base", [YOUTH_CENTRE, pytest.param(OWN, marks=pytest.mark.soak)], ids=lambda base: base.name)
async def test_everybody_who_asked_is_told_once_and_the_next_is_answered_at_once(tmp_path: Path, base: Path) -> None:
    long = base == OWN
    outcome = await run(tmp_path, base, long=long)
    assert outcome.cards == {"미답변": 3}
    assert outcome.told == {1: 27}
    assert outcome.others_told == 0
    assert outcome.kills == 1 + long
    assert 0 < outcome.told_at_kill < 27
    assert outcome.drafts.endswith("0")
    assert outcome.answered_anew
