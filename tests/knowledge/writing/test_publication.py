"""The real files change all together or not at all, each as a whole."""

import stat
from pathlib import Path

import pytest

from knowledge.errors import NotWrittenError
from knowledge.writing.changes import Change
from knowledge.writing.publication import publish, restore, tried_out

CHANGES = [
    Change("entries/a.yaml", b"old a", b"new a"),
    Change("sources.yaml", None, b"new sources"),
    Change("questions/staff/staff.jsonl", None, b"new line"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "knowledge/entries").mkdir(parents=True)
    (tmp_path / "knowledge/entries/a.yaml").write_bytes(b"old a")
    return tmp_path / "knowledge"


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_files_are_written_and_nothing_is_left_beside_them(folder: Path) -> None:
    publish(folder, CHANGES)
    assert _contents(folder) == {change.file: change.after for change in CHANGES}


def test_restored_files_are_as_before(folder: Path) -> None:
    before = _contents(folder)
    publish(folder, CHANGES)
    restore(folder, CHANGES)
    assert _contents(folder) == before


@pytest.mark.parametrize("blocked", ["sources.yaml", "questions"])
def test_failure_in_the_middle_restores_what_was_written(folder: Path, blocked: str) -> None:
    if blocked == "questions":
        (folder / blocked).write_bytes(b"a file in the way")
    else:
        (folder / blocked).mkdir()
    before = _contents(folder)
    with pytest.raises(NotWrittenError, match="cannot be"):
        publish(folder, CHANGES)
    assert _contents(folder) == before


def test_file_that_an_editor_changed_meanwhile_is_not_overwritten(folder: Path) -> None:
    (folder / "entries/a.yaml").write_bytes(b"an editor's")
    with pytest.raises(NotWrittenError, match=r"a\.yaml was changed meanwhile; nothing was written\. Try again"):
        publish(folder, CHANGES)
    assert _contents(folder) == {"entries/a.yaml": b"an editor's"}


def test_file_that_appeared_meanwhile_is_not_overwritten(folder: Path) -> None:
    (folder / "sources.yaml").write_bytes(b"an editor's")
    with pytest.raises(NotWrittenError, match="was changed meanwhile"):
        publish(folder, CHANGES)


def test_link_stays_a_link_and_rights_stay(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.yaml"
    (folder / "entries/a.yaml").rename(elsewhere)
    (folder / "entries/a.yaml").symlink_to(elsewhere)
    elsewhere.chmod(0o640)
    publish(folder, CHANGES[:1])
    assert (folder / "entries/a.yaml").is_symlink()
    assert elsewhere.read_bytes() == b"new a"
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o640


def test_copy_has_the_changes_and_the_real_files_do_not(folder: Path) -> None:
    (folder / "vocabulary.yaml").write_bytes(b"words")
    (folder / "code.py").write_bytes(b"not knowledge")
    before = _contents(folder)
    with tried_out(folder, CHANGES) as copy:
        changed = {change.file: change.after for change in CHANGES}
        assert _contents(copy) == {**changed, "vocabulary.yaml": b"words"}
    assert _contents(folder) == before
    assert not copy.exists()
