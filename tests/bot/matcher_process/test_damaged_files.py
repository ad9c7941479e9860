"""Whatever becomes of a file, what was before is served, it is told once, and mending the file is enough."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bot.matcher_process.small_opening import ENTRIES, version_of, write_version
from tests.bot.matcher_process.starting import running, until, with_times

FILE = "entries/all.yaml"
_BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]\n" for n in range(1, 13))


def _delete(file: Path) -> None:
    file.unlink()


def _put_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _put_link_to_nowhere(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.parent / "nowhere")


def _write(content: bytes) -> Callable[[Path], object]:
    return lambda file: file.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda file: file.write_bytes(b""),
    "deleted": _delete,
    "a folder": _put_folder,
    "a link to nowhere": _put_link_to_nowhere,
    "zeros": _write(bytes(10_000)),
    "invalid": _write(b"topic: a\nentries: [\n"),
    "another encoding": lambda file: file.write_bytes(file.read_bytes().decode().encode("cp949")),
    "alias bomb": _write(_BOMB.encode()),
    "bracket bomb": _write(b"[" * 100_000),
    "100 MB": _write(b"#" * 100_000_000),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
async def test_what_was_before_is_served_until_the_file_is_mended(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    faults: list[str] = []
    folder, answered = write_version(tmp_path, 1), 0
    file = folder / FILE
    async with running(folder, timing=with_times(look=0.01, settled=0.01), on_fault=faults.append) as finder:
        await until(lambda: finder._keeper._kept is not None)
        damage(file)
        while not faults or answered < 2 * ENTRIES:
            found = await finder.find(f"질문 {answered % ENTRIES}")
            assert found.entry is not None
            assert found.entry.answer.ko.startswith("1판")
            answered += 1
            await asyncio.sleep(0.005)
        assert len(faults) == 1
        if file.is_dir():
            file.rmdir()
        file.unlink(missing_ok=True)
        write_version(folder, 2)
        await until(lambda: version_of(finder.knowledge) == 2)
    assert len(faults) == 1
