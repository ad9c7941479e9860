"""What a program and those it started use of the machine."""

from contextlib import suppress
from pathlib import Path

_PAGE = 4096
_MEGABYTE = 1 << 20
_WORKER = b"bot.matcher_process.worker"


def megabytes(pid: int) -> float:
    """The memory of the process and of all that descend from it; what some of them share counts once."""
    return sum(map(_proportional, family(pid))) / 1024


def own_megabytes(pid: int) -> float:
    """The resident memory of the process alone."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / _MEGABYTE


def _proportional(process: Path) -> int:
    """The kilobytes of a process; of what it shares with others only its part."""
    with suppress(OSError):  # it ended meanwhile
        lines = (process / "smaps_rollup").read_text().splitlines()
        return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return 0


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


def matchers_of(pid: int) -> list[int]:
    """The processes that look questions up for a program; the one that has forked them is not among them."""
    workers = []
    for entry in family(pid):
        with suppress(OSError):
            if _WORKER in (entry / "cmdline").read_bytes():
                workers.append(int(entry.name))
    return workers[1:]
