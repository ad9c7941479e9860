"""What is kept comes back whole, or not at all: damaged, half-written and foreign files are never used."""

import hashlib
import logging
import os
import pickle
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.cache import prepared_files
from knowledge.cache.prepared_files import KEPT, PreparedFiles

KEPT_OBJECT = {"집적단지": [1.5, ("a", None)]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def store(folder: Path) -> PreparedFiles:
    store = PreparedFiles(folder)
    store.save("digest", KEPT_OBJECT)
    return store


@pytest.fixture
def file(store: PreparedFiles, folder: Path) -> Path:
    assert store.load("digest") == KEPT_OBJECT
    return folder / "digest.pickle"


def _touch(path: Path) -> None:
    """Writes a file when it is unpickled."""
    path.write_text("run", encoding="utf-8")


class _Harmful:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return _touch, (self.path,)


def test_what_is_kept_comes_back(store: PreparedFiles) -> None:
    assert store.load("digest") == KEPT_OBJECT


def test_nothing_is_kept_for_another_digest(store: PreparedFiles, caplog: pytest.LogCaptureFixture) -> None:
    assert store.load("other") is None
    assert not caplog.records


def test_folder_that_is_missing_holds_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert PreparedFiles(tmp_path / "nowhere").load("digest") is None
    assert not caplog.records


def test_only_the_owner_may_read(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:0],
        lambda content: content[:10],
        lambda content: content[:-1],
        lambda content: content + b"\0",
        lambda content: content[:-5] + bytes([content[-5] ^ 1]) + content[-4:],
        lambda content: b"garbage" * (len(content) // 2),
        lambda content: b"\0" * len(content),
    ],
    ids=["empty", "head", "truncated", "longer", "one bit", "garbage", "zeros"],
)
def test_damaged_file_is_refused_and_replaced(
    store: PreparedFiles, file: Path, damage: Callable[[bytes], bytes], caplog: pytest.LogCaptureFixture
) -> None:
    file.write_bytes(damage(file.read_bytes()))
    assert store.load("digest") is None
    assert "is damaged" in caplog.text
    store.save("digest", KEPT_OBJECT)
    assert store.load("digest") == KEPT_OBJECT


def test_pickle_of_what_is_gone_is_refused(store: PreparedFiles, file: Path, caplog: pytest.LogCaptureFixture) -> None:
    content = b"cno_such_module\nGone\n."
    file.write_bytes(b"hub-assistant-1\n" + hashlib.sha256(content).digest() + content)
    assert store.load("digest") is None
    assert "no_such_module" in caplog.text


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o666])
def test_file_that_others_may_open_is_not_read(folder: Path, tmp_path: Path, mode: int) -> None:
    store, harm = PreparedFiles(folder), tmp_path / "harm"
    store.save("digest", _Harmful(harm))
    (folder / "digest.pickle").chmod(mode)
    assert store.load("digest") is None
    assert not harm.exists()


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o777, 0o1777])
def test_folder_that_others_may_open_is_not_used(folder: Path, tmp_path: Path, mode: int) -> None:
    store, harm = PreparedFiles(folder), tmp_path / "harm"
    store.save("digest", _Harmful(harm))
    folder.chmod(mode)
    assert store.load("digest") is None
    assert not harm.exists()
    store.save("new", 1)
    assert not (folder / "new.pickle").exists()


def test_foreign_owner_is_refused(
    store: PreparedFiles, file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: file.stat().st_uid + 1)
    assert store.load("digest") is None
    assert "belongs to another user" in caplog.text


def test_link_is_not_followed(store: PreparedFiles, file: Path, folder: Path) -> None:
    (folder / "link.pickle").symlink_to(file)
    assert store.load("link") is None


@pytest.mark.usefixtures("store")
def test_linked_folder_is_not_used(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    assert PreparedFiles(tmp_path / "link").load("digest") is None


def test_named_pipe_does_not_stop_the_start(store: PreparedFiles, folder: Path) -> None:
    os.mkfifo(folder / "pipe.pickle", 0o600)
    assert store.load("pipe") is None


def test_write_that_fails_halfway_leaves_the_old_file_and_no_other(
    store: PreparedFiles, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A limit on the size of files stands for a full disk: the error comes from the same call."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000_000, hard))
    try:
        store.save("digest", bytes(20_000_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "the cache is not written" in caplog.text
    assert store.load("digest") == KEPT_OBJECT
    assert list(file.parent.iterdir()) == [file]


def test_process_killed_while_writing_leaves_no_file_to_read(folder: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; from knowledge.cache.prepared_files import PreparedFiles\n"
        "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "PreparedFiles(Path(sys.argv[1])).save('digest', 1)"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(folder)], check=False, cwd=Path(__file__).parents[3])
    assert killed.returncode == -signal.SIGKILL
    assert len(list(folder.iterdir())) == 1
    assert PreparedFiles(folder).load("digest") is None


def test_folder_that_cannot_be_made_is_done_without(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").touch()
    PreparedFiles(tmp_path / "file" / "cache").save("digest", 1)
    assert "the cache is not written" in caplog.text


def test_too_large_an_object_is_not_kept(store: PreparedFiles, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared_files, "MOST_BYTES", 1000)
    store.save("large", "x" * 1001)
    assert not (folder / "large.pickle").exists()


def test_oldest_files_go(folder: Path) -> None:
    store = PreparedFiles(folder)
    for number in range(KEPT + 3):
        store.save(str(number), number)
        os.utime(folder / f"{number}.pickle", (number, number))
    assert sorted(file.stem for file in folder.iterdir()) == [str(number) for number in range(3, KEPT + 3)]


def test_what_a_killed_process_left_goes_in_the_end(store: PreparedFiles, folder: Path) -> None:
    old, new = folder / "old.unfinished", folder / "new.unfinished"
    for unfinished in (old, new):
        unfinished.touch()
    os.utime(old, (0, 0))
    store.save("digest", 1)
    assert not old.exists()
    assert new.exists()


def test_unpickling_runs_nothing_before_the_sum_is_checked(folder: Path, tmp_path: Path) -> None:
    store, harm = PreparedFiles(folder), tmp_path / "harm"
    store.save("digest", 1)
    (folder / "digest.pickle").write_bytes(b"hub-assistant-1\n" + bytes(32) + pickle.dumps(_Harmful(harm)))
    assert store.load("digest") is None
    assert not harm.exists()


def test_warnings_name_no_content(store: PreparedFiles, file: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    file.write_bytes("집적단지".encode() * 100)
    store.load("digest")
    assert "집적단지" not in caplog.text
