"""A picture in memory and its PNG file: rectangles and digits need no library of pictures, nor its fonts."""

import struct
import zlib

Colour = tuple[int, int, int]
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EIGHT_BITS, _TRUE_COLOUR = 8, 2
_ROWS = {
    "0": "75557", "1": "26227", "2": "71747", "3": "71717", "4": "55711", "5": "74717", "6": "74757", "7": "71122",
    "8": "75757", "9": "75717", "-": "00700", "/": "11244",
}  # fmt: skip
"""Three by five dots a character: each octal digit is a row from the top, its highest bit the leftmost dot."""
GLYPH_WIDTH, GLYPH_HEIGHT = 3, 5


class Picture:
    """Dots in rows from the top, white at first."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._rows = [bytearray(b"\xff" * 3 * width) for _ in range(height)]

    def dot(self, x: int, y: int) -> Colour:
        """The colour at a place."""
        red, green, blue = self._rows[y][3 * x : 3 * x + 3]
        return red, green, blue

    def fill(self, left: int, top: int, width: int, height: int, colour: Colour) -> None:
        """A rectangle; what is outside of the picture is left out."""
        start, end = max(0, left), min(self.width, left + width)
        for row in self._rows[max(0, top) : max(0, top + height)]:
            if end > start:
                row[3 * start : 3 * end] = bytes(colour) * (end - start)

    def write(self, left: int, top: int, text: str, colour: Colour, scale: int) -> None:
        """Digits, `-` and `/`, each dot of them `scale` dots wide and high."""
        for index, character in enumerate(text):
            for row, bits in enumerate(_ROWS[character]):
                for column in range(GLYPH_WIDTH):
                    if int(bits) >> (GLYPH_WIDTH - 1 - column) & 1:
                        x = left + (index * (GLYPH_WIDTH + 1) + column) * scale
                        self.fill(x, top + row * scale, scale, scale, colour)

    def png(self) -> bytes:
        """The file."""
        header = struct.pack(">IIBBBBB", self.width, self.height, _EIGHT_BITS, _TRUE_COLOUR, 0, 0, 0)
        dots = zlib.compress(b"".join(b"\0" + bytes(row) for row in self._rows), 9)
        return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", dots) + _chunk(b"IEND", b"")


def written_width(text: str, scale: int) -> int:
    """How wide a text is that is written in that scale."""
    return (len(text) * (GLYPH_WIDTH + 1) - 1) * scale


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
