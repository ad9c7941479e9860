"""What a program and those it started use of the machine."""

from pathlib import Path

_PAGE = 4096
_MEGABYTE = 1 << 20


def megabytes(pid: int) -> float:
    """The resident memory of the process group."""
    return sum(int((entry / "statm").read_text().split()[1]) for entry in _group(pid)) * _PAGE / _MEGABYTE


def open_files(pid: int) -> int:
    """How many files and connections the process itself has open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def _group(pid: int) -> list[Path]:
    """The processes whose group is led by that one."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(state[2]) == pid and state[0] != "Z":
            found.append(entry)
    return found
