"""What a program and those it started use of the machine."""

from contextlib import suppress
from pathlib import Path

_PAGE = 4096
_MEGABYTE = 1 << 20


def megabytes(pid: int) -> float:
    """The resident memory of the process and of all that descend from it."""
    return sum(int((entry / "statm").read_text().split()[1]) for entry in family(pid)) * _PAGE / _MEGABYTE


def own_megabytes(pid: int) -> float:
    """The resident memory of the process alone."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / _MEGABYTE


def open_files(pid: int) -> int:
    """How many files and connections the process itself has open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def family(pid: int) -> list[Path]:
    """The process and all that descend from it."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    found = [pid]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return [Path(f"/proc/{each}") for each in found]
