"""A folder's changes are noticed, whatever they are, and its files can be kept."""

import asyncio
import os
import shutil
from pathlib import Path

import pytest

from bot.matcher_process.knowledge_folder import FolderWatch, KeptFiles, snapshot_of
from knowledge.loading.loader import load_knowledge
from tests.bot.matcher_process.small_opening import QUICK
from tests.bot.matcher_process.starting import with_times
from tests.knowledge.loading.knowledge_folder import ENTRY, write_folder

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(tmp_path, sources="paper: {name: 신문}\n", vocabulary="elsewhere: [[부산]]\n", money=ENTRY)
    (tmp_path / "questions/first").mkdir(parents=True)
    (tmp_path / "questions/first/a.jsonl").write_text('{"id": "a", "question": "예산?", "entry": "budget"}\n')
    (tmp_path / "notes.txt").touch()
    return tmp_path


def test_snapshot_has_what_the_knowledge_room_reads(folder: Path) -> None:
    assert set(snapshot_of(folder)) == {
        "entries/money.yaml", "questions/first/a.jsonl", "sources.yaml", "vocabulary.yaml",
    }  # fmt: skip


def test_snapshot_of_the_project_has_its_entries_and_no_code() -> None:
    names = set(snapshot_of(ROOT / "knowledge"))
    assert "entries/cluster.yaml" in names
    assert {Path(name).suffix for name in names} == {".yaml", ".jsonl"}


def test_snapshot_of_a_missing_folder_is_empty(tmp_path: Path) -> None:
    assert snapshot_of(tmp_path / "nowhere") == {}


@pytest.mark.parametrize("change", ["write", "same size", "old date", "delete", "add", "rights", "replace"])
def test_change_is_seen(folder: Path, change: str) -> None:
    before, file = snapshot_of(folder), folder / "entries/money.yaml"
    text = file.read_text(encoding="utf-8")
    date = file.stat().st_mtime_ns
    match change:
        case "write":
            file.write_text(f"{text}\n", encoding="utf-8")
        case "same size" | "old date":
            file.write_text(text.replace("4116", "4117"), encoding="utf-8")
            if change == "old date":
                os.utime(file, ns=(date, date))
        case "delete":
            file.unlink()
        case "add":
            (folder / "entries/more.yaml").touch()
        case "rights":
            file.chmod(0o600)
        case "replace":
            (folder / "new").write_text(text, encoding="utf-8")
            (folder / "new").rename(file)
    assert snapshot_of(folder) != before


def test_reading_is_no_change(folder: Path) -> None:
    before = snapshot_of(folder)
    load_knowledge(folder)
    (folder / "notes.txt").write_text("written", encoding="utf-8")
    assert snapshot_of(folder) == before


async def test_change_is_told_when_nothing_changes_any_more(folder: Path) -> None:
    watch = FolderWatch(folder, with_times(settled=2.0))
    changes = watch.changes(await watch.now())
    change = asyncio.ensure_future(anext(changes))
    for n in range(10):
        (folder / "entries/money.yaml").write_text(f"{ENTRY}{' ' * n}", encoding="utf-8")
        await asyncio.sleep(0.03)
        assert not change.done()
    assert await change == snapshot_of(folder)
    await changes.aclose()


async def test_folder_that_is_replaced_or_comes_back_is_followed(folder: Path) -> None:
    watch = FolderWatch(folder, QUICK)
    changes = watch.changes(await watch.now())
    try:
        aside = folder.with_name("aside")
        shutil.move(folder, aside)
        assert await asyncio.wait_for(anext(changes), 60) == {}
        shutil.copytree(aside, folder)
        assert set(await asyncio.wait_for(anext(changes), 60)) == set(snapshot_of(aside))
        other = folder.with_name("other")
        shutil.copytree(aside, other)
        (other / "entries/more.yaml").write_text("topic: more\nentries: []\n", encoding="utf-8")
        shutil.move(folder, folder.with_name("old"))
        shutil.move(other, folder)
        while "entries/more.yaml" not in (seen := await asyncio.wait_for(anext(changes), 60)):
            pass
        assert seen == snapshot_of(folder)
    finally:
        await changes.aclose()


def test_kept_files_are_the_same_knowledge(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    kept = KeptFiles.of(folder, snapshot_of(folder))
    assert kept
    other = tmp_path_factory.mktemp("other")
    kept.write_to(other)
    assert load_knowledge(other) == load_knowledge(folder)


def test_files_that_have_changed_are_not_kept(folder: Path) -> None:
    before = snapshot_of(folder)
    (folder / "entries/money.yaml").write_text("changed", encoding="utf-8")
    assert KeptFiles.of(folder, before) is None
    (folder / "entries/money.yaml").unlink()
    assert KeptFiles.of(folder, before) is None


@pytest.mark.parametrize("left", [ENTRY[:-1], ENTRY[:60], ENTRY[:1]])
def test_file_that_was_cut_off_is_a_fault_with_its_place(folder: Path, left: str) -> None:
    kept = KeptFiles.of(folder, snapshot_of(folder))
    assert kept
    assert kept.cut_off_in(folder) == []
    (folder / "entries/money.yaml").write_text(left, encoding="utf-8")
    (fault,) = kept.cut_off_in(folder)
    assert (fault.line, fault.column) == (left.count("\n") + 1, len(left.rsplit("\n", maxsplit=1)[-1]) + 1)
    (folder / "entries/money.yaml").unlink()
    assert kept.cut_off_in(folder) == []


def test_file_without_a_last_line_break_may_stay_so(folder: Path) -> None:
    (folder / "entries/money.yaml").write_text(ENTRY.rstrip(), encoding="utf-8")
    kept = KeptFiles.of(folder, snapshot_of(folder))
    assert kept
    (folder / "entries/money.yaml").write_text(ENTRY.rstrip().replace("4116", "4117"), encoding="utf-8")
    assert kept.cut_off_in(folder) == []


def test_the_same_texts_are_the_same_files_whatever_their_dates(folder: Path) -> None:
    kept = KeptFiles.of(folder, snapshot_of(folder))
    assert kept
    os.utime(folder / "entries/money.yaml", (1, 1))
    assert kept.are_in(folder)
    (folder / "entries/money.yaml").write_text(ENTRY.replace("4116", "4117"), encoding="utf-8")
    assert not kept.are_in(folder)
    (folder / "entries/money.yaml").write_text(ENTRY, encoding="utf-8")
    assert kept.are_in(folder)
    (folder / "entries/more.yaml").touch()
    assert not kept.are_in(folder)
