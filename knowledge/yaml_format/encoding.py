"""From the bytes of a file to its text, whatever program saved it."""

from contextlib import suppress
from pathlib import PurePath

from knowledge.errors import Fault, details

_DOCUMENTS = {
    b"\xd0\xcf\x11\xe0": "한글/Word/Excel",
    b"PK\x03\x04": "한글/Word/Excel",
    b"%PDF": "PDF",
    b"HWP Document": "한글",
}
_UTF_16_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_LOOKED_AT = 400
"""Bytes; enough to see whether many a second one is zero, as those of Latin letters and line breaks are."""


def decoded(raw: bytes, name: str) -> tuple[str | None, list[Fault]]:
    """The text as far as one can be made of the bytes, and what is wrong with how it was saved.

    A text in another encoding is read all the same, so that its other faults can be told in the same run.
    """
    end = PurePath(name).name
    for mark, program in _DOCUMENTS.items():
        if raw.startswith(mark):
            return None, [Fault(name, 1, 1, "document-file", details(program=program, name=end))]
    if encoding := _utf_16(raw):
        text = raw.decode(encoding, errors="replace").lstrip("\ufeff")
        return text, [Fault(name, 1, 1, "utf-16", details(name=end))]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        return _otherwise(raw, error, name, end)


def _utf_16(raw: bytes) -> str | None:
    for mark, encoding in _UTF_16_MARKS.items():
        if raw.startswith(mark):
            return encoding
    beginning = raw[:_LOOKED_AT]
    zeros = {"utf-16-be": beginning[::2].count(0), "utf-16-le": beginning[1::2].count(0)}
    encoding, most = max(zeros.items(), key=lambda item: item[1])
    return encoding if most > len(beginning) / 8 and most > 4 * min(zeros.values()) else None


def _otherwise(raw: bytes, error: UnicodeDecodeError, name: str, end: str) -> tuple[str | None, list[Fault]]:
    before = raw[: error.start].decode("utf-8-sig", errors="replace")
    if before.isascii():  # else it is UTF-8 that was damaged
        with suppress(UnicodeDecodeError):
            return raw.decode("cp949"), [Fault(name, 1, 1, "cp949", details(name=end))]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return None, [Fault(name, line, column, "not-utf-8", details(byte=error.start + 1, name=end))]
