"""Which version of the program this is."""

import re
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parents[1]


@cache
def version() -> str:
    """The version of pyproject.toml, and the commit where it runs from a checkout: `0.2.0+1a2b3c4`."""
    found = re.search(r'^version = "([^"]+)"', (_ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    number = found.group(1) if found else "unknown"
    commit = _commit(_ROOT / ".git")
    return f"{number}+{commit[:7]}" if commit else number


def _commit(git: Path) -> str | None:
    try:
        head = (git / "HEAD").read_text(encoding="ascii").strip()
        if not head.startswith("ref: "):
            return head
        name = head.removeprefix("ref: ")
        loose = git / name
        if loose.exists():
            return loose.read_text(encoding="ascii").strip()
        packed = (git / "packed-refs").read_text(encoding="ascii")
    except (OSError, UnicodeError):
        return None
    found = re.search(rf"^([0-9a-f]{{40,64}}) {re.escape(name)}$", packed, re.MULTILINE)
    return found.group(1) if found else None
