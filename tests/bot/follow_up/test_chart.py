"""The picture of what was asked day by day."""

from collections import Counter
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from bot.follow_up.overview.chart import ChartText, as_png, daily_chart
from bot.follow_up.overview.reports import Figures

TEXT = ChartText("지난 3일", "답함 24개", "답함", "제안함", "답하지 못함", "담당자가 답함")
SVG = "{http://www.w3.org/2000/svg}"


def test_a_chart_has_a_bar_for_each_day_and_kind_and_says_what_it_shows() -> None:
    days = [(date(2026, 11, day), Figures(answered=4 * day, refused=2, answered_by_staff=day)) for day in range(1, 4)]
    root = ET.fromstring(daily_chart(days, TEXT))  # noqa: S314 - it is our own
    series = Counter(group.get("class", "").split()[1] for group in root.iter(f"{SVG}g") if _is_series(group))
    assert len(series) == 4
    assert len([bar for bar in root.iter(f"{SVG}rect") if "rect reactive" in bar.get("class", "")]) == 12
    words = {element.text for element in root.iter() if element.text}
    assert {"지난 3일", "답함 24개", "담당자가 답함", "11/1", "11/3"} <= words
    assert root.get("role") == "img"


def test_a_chart_carries_no_script() -> None:
    assert "<script" not in daily_chart([(date(2026, 11, 1), Figures(asked=1))], TEXT)


@pytest.mark.parametrize("days", [1, 30, 365])
def test_a_chart_of_nothing_is_a_picture_too(days: int) -> None:
    assert as_png(daily_chart([(date(2026, 1, 1), Figures())] * days, TEXT)).startswith(b"\x89PNG")


def test_words_are_drawn_and_not_left_out_for_want_of_a_font() -> None:
    days = [(date(2026, 11, 1), Figures(answered=1))]
    without = ChartText(" ", "", " ", " ", " ", " ")
    assert len(as_png(daily_chart(days, TEXT))) > 1.05 * len(as_png(daily_chart(days, without)))


def _is_series(group: ET.Element) -> bool:
    return group.get("class", "").startswith("series serie-")
