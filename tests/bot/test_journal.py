import os
from pathlib import Path

import pytest

from bot.delivery import ReceivedUpdate
from bot.errors import StorageError
from bot.journal import Journal, KeptUpdate


def _entry(number: int, *, served: bool = False, body: str = "{}") -> KeptUpdate:
    return KeptUpdate(ReceivedUpdate(str(number), 7, body, number), served)


def _opened(folder: Path, size: int = 4096) -> Journal:
    journal = Journal.open(folder, size)
    assert journal
    return journal


async def test_what_is_kept_outlives_the_process(tmp_path: Path) -> None:
    journal = _opened(tmp_path)
    await journal.add([_entry(1, served=True)])
    await journal.add([_entry(2), _entry(3)])
    journal.close()
    assert _opened(tmp_path).entries == [_entry(1, served=True), _entry(2), _entry(3)]


async def test_what_is_stored_elsewhere_is_destroyed(tmp_path: Path) -> None:
    journal = _opened(tmp_path)
    await journal.add([_entry(1, body="가려진 질문"), _entry(2)])
    await journal.forget(1)
    assert journal.entries == [_entry(2)]
    journal.close()
    assert b"00\\uac00" not in (tmp_path / "0.journal").read_bytes()
    journal = _opened(tmp_path)
    assert journal.entries == [_entry(2)]
    await journal.forget(1)
    assert set((tmp_path / "0.journal").read_bytes()) == {0}


async def test_its_size_never_changes_so_that_a_full_disk_is_no_hindrance(tmp_path: Path) -> None:
    journal = _opened(tmp_path)
    while len(journal.entries) < 20:
        await journal.add([_entry(len(journal.entries))])
    with pytest.raises(StorageError, match="full"):
        await journal.add([_entry(number) for number in range(1000)])
    assert (tmp_path / "0.journal").stat().st_size == 4096
    kept = journal.entries
    journal.close()
    assert _opened(tmp_path).entries == kept


async def test_what_the_system_writes_in_parts_is_kept_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal, whole = _opened(tmp_path), os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda file, data, place: whole(file, data[:7], place))
    await journal.add([_entry(1), _entry(2)])
    journal.close()
    assert _opened(tmp_path).entries == [_entry(1), _entry(2)]


async def test_each_process_has_a_file_and_takes_over_what_another_left(tmp_path: Path) -> None:
    first, second = _opened(tmp_path), _opened(tmp_path)
    await first.add([_entry(1)])
    await second.add([_entry(2)])
    assert (first.entries, second.entries) == ([_entry(1)], [_entry(2)])
    second.close()
    first.close()
    third = _opened(tmp_path)
    assert third.entries == [_entry(1), _entry(2)]
    await third.forget(2)
    third.close()
    assert _opened(tmp_path).entries == []


async def test_a_line_that_was_cut_off_is_left_out(tmp_path: Path) -> None:
    journal = _opened(tmp_path)
    await journal.add([_entry(1), _entry(2)])
    journal.close()
    file = tmp_path / "0.journal"
    end = file.read_bytes().index(b"\0")
    with file.open("r+b") as stream:
        stream.seek(end - 10)
        stream.write(bytes(10))
    assert _opened(tmp_path).entries == [_entry(1)]


async def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    _opened(tmp_path / "new")
    assert (tmp_path / "new/0.journal").stat().st_mode & 0o777 == 0o600


async def test_where_nothing_can_be_made_there_is_none(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").touch()
    assert Journal.open(tmp_path / "file") is None
    assert "nothing is confirmed" in caplog.text
