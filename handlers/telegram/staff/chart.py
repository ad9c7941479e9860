"""The picture that goes with the statistics: a bar a day, stacked by what became of the questions."""

from collections.abc import Sequence
from datetime import date

from bot.follow_up.reports import Figures
from handlers.telegram.staff.png import GLYPH_HEIGHT, Colour, Picture, written_width

WIDTH, HEIGHT = 960, 480
ANSWERED: Colour = (58, 124, 204)
SUGGESTED: Colour = (240, 196, 60)
REFUSED: Colour = (212, 72, 64)
BY_STAFF: Colour = (64, 160, 84)
_GREY: Colour = (214, 214, 214)
_INK: Colour = (70, 70, 70)
_LEFT, _RIGHT, _TOP, _BOTTOM = 90, 20, 24, 56
_SCALE = 3
_LINES = 4
_MOST_DATES = 8
_STEPS = (10, 15, 20, 30, 50)
"""Tenths."""


def chart(days: Sequence[tuple[date, Figures]]) -> bytes:
    """The PNG of one day or more."""
    picture = Picture(WIDTH, HEIGHT)
    top = _rounded_up(max([1, *(max(_stacked(figures), figures.answered_by_staff) for _, figures in days)]))
    _draw_scale(picture, top)
    step = (WIDTH - _LEFT - _RIGHT) / max(1, len(days))
    dates_every = -(-len(days) // _MOST_DATES)
    for index, (day, figures) in enumerate(days):
        left = _LEFT + round(index * step)
        _draw_day(picture, left, max(2, round(step)), figures, top)
        if index % dates_every == 0:
            text = f"{day.month}/{day.day}"
            picture.write(left, HEIGHT - _BOTTOM + 16, text, _INK, _SCALE)
    return picture.png()


def _stacked(figures: Figures) -> int:
    return figures.answered + figures.suggested + figures.refused


def _draw_day(picture: Picture, left: int, width: int, figures: Figures, top: int) -> None:
    """Questions stacked on the left, and beside them in a thin bar what staff answered."""
    wide, thin = max(1, width * 3 // 5), max(1, width // 5)
    bottom = HEIGHT - _BOTTOM
    for count, colour in ((figures.answered, ANSWERED), (figures.suggested, SUGGESTED), (figures.refused, REFUSED)):
        height = _height(count, top)
        picture.fill(left, bottom - height, wide, height, colour)
        bottom -= height
    height = _height(figures.answered_by_staff, top)
    picture.fill(left + wide, HEIGHT - _BOTTOM - height, thin, height, BY_STAFF)


def _draw_scale(picture: Picture, top: int) -> None:
    for line in range(_LINES + 1):
        count = top * line // _LINES
        y = HEIGHT - _BOTTOM - _height(count, top)
        picture.fill(_LEFT, y, WIDTH - _LEFT - _RIGHT, 1, _GREY)
        text = str(count)
        left = _LEFT - 12 - written_width(text, _SCALE)
        picture.write(left, y - GLYPH_HEIGHT * _SCALE // 2, text, _INK, _SCALE)


def _height(count: int, top: int) -> int:
    return round(count * (HEIGHT - _TOP - _BOTTOM) / top)


def _rounded_up(count: int) -> int:
    """A round number for the top of the scale, whose quarters are whole."""
    power = 1
    while True:
        for step in _STEPS:
            if _LINES * step * power >= 10 * count and step * power % 10 == 0:
                return _LINES * step * power // 10
        power *= 10
