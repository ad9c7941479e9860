"""Whatever an answer depends on changes the digest, and nothing else does."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.cache import digest as digest_module
from knowledge.cache.digest import digest_of, digest_of_vocabulary


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("entries/a.yaml", "vocabulary.yaml", "questions/first/in_scope.jsonl"):
        file = tmp_path / "knowledge" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    return tmp_path / "knowledge"


def _append(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text("more", encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        _append("entries/a.yaml"),
        _append("entries/b.yaml"),
        _append("vocabulary.yaml"),
        _append("sources.yaml"),
        _append("questions/first/in_scope.jsonl"),
        _append("questions/first/noisy.jsonl"),
        lambda folder: (folder / "entries/a.yaml").rename(folder / "entries/c.yaml"),
        lambda folder: (folder / "vocabulary.yaml").unlink(),
    ],
    ids=["entry", "new topic", "vocabulary", "sources", "questions", "new questions", "renamed", "removed"],
)
def test_every_change_of_an_input_counts(folder: Path, change: Callable[[Path], object]) -> None:
    before = digest_of(folder)
    change(folder)
    assert digest_of(folder) != before


def test_content_moved_between_files_counts(folder: Path) -> None:
    (folder / "entries/a.yaml").write_text("ab", encoding="utf-8")
    (folder / "entries/b.yaml").write_text("c", encoding="utf-8")
    before = digest_of(folder)
    (folder / "entries/a.yaml").write_text("a", encoding="utf-8")
    (folder / "entries/b.yaml").write_text("bc", encoding="utf-8")
    assert digest_of(folder) != before


def test_time_of_a_file_and_other_files_do_not_count(folder: Path) -> None:
    before = digest_of(folder)
    os.utime(folder / "entries/a.yaml", (0, 0))
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    (folder / "entries/a.yaml~").write_text("x", encoding="utf-8")
    assert digest_of(folder) == before


def test_vocabulary_has_a_digest_of_its_own(folder: Path) -> None:
    (folder / "vocabulary.yaml").write_text("elsewhere: [부산]\n", encoding="utf-8")
    before = digest_of_vocabulary(folder)
    (folder / "entries/a.yaml").write_text("x", encoding="utf-8")
    assert digest_of_vocabulary(folder) == before
    (folder / "vocabulary.yaml").write_text("elsewhere: [서울]\n", encoding="utf-8")
    assert digest_of_vocabulary(folder) != before


def test_vocabulary_that_is_a_pipe_is_not_read(folder: Path) -> None:
    (folder / "vocabulary.yaml").unlink(missing_ok=True)
    os.mkfifo(folder / "vocabulary.yaml")
    assert len(digest_of_vocabulary(folder)) == 64


def test_version_of_a_library_counts(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "installed"
    (installed / "kiwipiepy_model-0.24.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(installed)])
    before = digest_of(folder)
    (installed / "kiwipiepy_model-0.24.0.dist-info").rename(installed / "kiwipiepy_model-99.dist-info")
    assert digest_of(folder) != before


def test_version_of_each_installed_library_is_known() -> None:
    known = {name.partition("-")[0].lower() for name in digest_module._versions()}
    assert known >= {"kiwipiepy", "kiwipiepy_model", "numpy", "rapidfuzz", "pydantic", "pyyaml"}


@pytest.mark.parametrize("name", ["matching/features.py", "matching/fitted.json", "base.py"])
def test_code_and_fitted_numbers_count(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    code = tmp_path / "code"
    (code / "matching").mkdir(parents=True)
    for file in ("matching/features.py", "matching/fitted.json", "base.py"):
        (code / file).write_text("1", encoding="utf-8")
    monkeypatch.setattr(digest_module, "_CODE", code)
    before = digest_of(folder)
    (code / name).write_text("2", encoding="utf-8")
    assert digest_of(folder) != before


def test_file_that_cannot_be_read_has_a_digest(folder: Path) -> None:
    (folder / "entries/folder.yaml").mkdir()
    (folder / "entries/gone.yaml").symlink_to(folder / "nowhere")
    assert len(digest_of(folder)) == 64


def test_folder_that_is_missing_has_a_digest(tmp_path: Path) -> None:
    assert len(digest_of(tmp_path / "nowhere")) == 64
