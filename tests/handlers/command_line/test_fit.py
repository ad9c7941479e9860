"""`fit`: progress for people, one file, and a plain refusal; the fit itself is tested with the matcher."""

from pathlib import Path

import pytest

from knowledge.matching import fitting, general_evidence, general_fit
from knowledge.matching.fitted import FITTED_FILE, FittedNumbers, load_fitted
from knowledge.matching.general_evidence import GENERAL_FILE
from tests.handlers.command_line.small_program import SmallRoot, invoke


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """What would have been written in place of the project's fitted numbers."""
    files: list[Path] = []

    def save(_numbers: FittedNumbers) -> None:
        files.append(tmp_path / FITTED_FILE.name)

    monkeypatch.setattr("knowledge.matching.fitted.save_fitted", save)
    return files


def test_one_author_is_refused_in_one_line_and_nothing_is_written(root: SmallRoot, written: list[Path]) -> None:
    result = invoke(root, "fit")
    assert (result.exit_code, written) == (1, [])
    assert "practice questions of at least two authors are needed" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_fit_writes_both_files_and_says_what_to_do_next(
    root: SmallRoot, written: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fit(knowledge: object, progress: object) -> FittedNumbers:
        assert callable(progress)
        progress(f"fitting {type(knowledge).__name__}")
        return load_fitted()

    monkeypatch.setattr(fitting, "fit", fit)
    monkeypatch.setattr(general_fit, "fit_general_numbers", lambda _progress: (None, None))
    monkeypatch.setattr(general_evidence, "save_general", lambda *_numbers: written.append(GENERAL_FILE))
    result = invoke(root, "fit")
    assert (result.exit_code, len(written)) == (0, 2)
    assert result.stderr == "fitting KnowledgeBase\n"
    assert result.stdout == "fitted.json and general.npz are written; see what changed with: python main.py evaluate\n"
