"""A base that changes while it is asked: no question fails, and no answer is of two versions."""

from pathlib import Path

import pytest

from tests.bot.matcher_process.changing_base import Trial, change_under_questions

_SHORT = Trial(entries=300, rate=10, phrasings=17, calm=1)
"""With so many ways to ask that none is embedded, which would take longest."""


@pytest.mark.parametrize(
    "trial",
    [
        pytest.param(_SHORT, id="short"),
        pytest.param(Trial(files=1), id="one-file-of-25", marks=pytest.mark.soak),
        pytest.param(Trial(), id="every-file", marks=pytest.mark.soak),
    ],
)
async def test_change_under_questions_harms_none(tmp_path: Path, trial: Trial) -> None:
    changed = await change_under_questions(tmp_path, trial)
    for course in (changed.quiet, changed.under_change):
        assert course.delays
        assert (course.failed, course.mixed) == (0, 0)
