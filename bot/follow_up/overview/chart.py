"""The picture of what was asked day by day, as SVG for pages and as PNG for doors that take no SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

from bot.follow_up.overview.reports import Figures, Statistics
from bot.wording.staff.staff_group import StaffGroupSentences

_WIDTH, _HEIGHT = 900, 480
_FONT = "Noto Sans KR"
_COLOURS = ("#2f6fb5", "#e3b341", "#c2453d", "#3f8f58")
_MOST_LABELS = 10
_MOST_BARS_LABELLED = 24
_SHORT_LABEL = 4


@dataclass(frozen=True, slots=True)
class ChartText:
    """The words of the picture; `description` says in words what it shows, for whoever cannot see it."""

    title: str
    description: str
    answered: str
    suggested: str
    refused: str
    by_staff: str


def statistics_chart(statistics: Statistics, words: StaffGroupSentences) -> str:
    """The picture of the statistics' days, as SVG."""
    total, title = statistics.total, words.chart.format(days=len(statistics.by_day))
    sums = {"answered": total.answered, "suggested": total.suggested, "refused": total.refused}
    described = words.chart_description.format(title=title, staff=total.answered_by_staff, **sums)
    names = (words.chart_answered, words.chart_suggested, words.chart_refused, words.chart_by_staff)
    return daily_chart(statistics.by_day, ChartText(title, described, *names))


def daily_chart(by_day: Sequence[tuple[date, Figures]], text: ChartText) -> str:
    """A stacked bar for each day, as an SVG document without scripts."""
    import pygal

    every = max(1, -(-len(by_day) // _MOST_LABELS))
    chart = pygal.StackedBar(
        style=_style(),
        width=_WIDTH,
        height=_HEIGHT,
        explicit_size=True,
        js=(),
        title=text.title,
        legend_at_bottom=True,
        truncate_legend=-1,
        truncate_label=-1,
        x_labels=[f"{day.month}/{day.day}" for day, _ in by_day],
        x_labels_major_every=every,
        show_minor_x_labels=False,
        range=(0, max([4, *(_height(figures) for _, figures in by_day)])),
        value_formatter=lambda value: f"{value:.0f}",
    )
    chart.add(text.answered, [figures.answered for _, figures in by_day])
    chart.add(text.suggested, [figures.suggested for _, figures in by_day])
    chart.add(text.refused, [figures.refused for _, figures in by_day])
    chart.add(text.by_staff, [figures.answered_by_staff for _, figures in by_day])
    chart.add_xml_filter(lambda root: _described(root, text.title, text.description))
    return str(chart.render(is_unicode=True))


def bar_chart(title: str, series: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> str:
    """Bars under labels, those of several series side by side, as an SVG document without scripts."""
    import pygal

    labels = [label for label, _ in series[0][1]] if series else []
    every = max(1, -(-len(labels) // _MOST_BARS_LABELLED))
    highest = max([4, *(count for _, bars in series for _, count in bars)])
    chart = pygal.Bar(
        style=_style(),
        width=_WIDTH,
        height=_HEIGHT,
        explicit_size=True,
        js=(),
        title=title,
        legend_at_bottom=True,
        truncate_legend=-1,
        truncate_label=14,
        x_label_rotation=20 if any(len(label) > _SHORT_LABEL for label in labels) else 0,
        x_labels=labels,
        x_labels_major_every=every,
        show_minor_x_labels=False,
        range=(0, highest),
        value_formatter=lambda value: f"{value:.0f}",
    )
    for name, bars in series:
        chart.add(name, [count for _, count in bars])
    described = "; ".join(f"{name}: {sum(count for _, count in bars)}" for name, bars in series)
    chart.add_xml_filter(lambda root: _described(root, title, f"{title}. {described}"))
    return str(chart.render(is_unicode=True))


def as_png(svg: str) -> bytes:
    """The picture as PNG, drawn with a font that has Korean."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg, font_files=[_font_file()], font_family=_FONT, skip_system_fonts=True)
    )


def _style() -> Any:
    from pygal.style import Style

    return Style(
        background="#ffffff",
        plot_background="#ffffff",
        foreground="#222222",
        foreground_strong="#222222",
        foreground_subtle="#555555",
        colors=_COLOURS,
        opacity="1",
        font_family=_FONT,
        title_font_size=20,
        legend_font_size=16,
        label_font_size=14,
        major_label_font_size=14,
    )


def _height(figures: Figures) -> int:
    return figures.answered + figures.suggested + figures.refused + figures.answered_by_staff


def _described(root: Element, title: str, description: str) -> Element:
    """The document without scripts, and with its words for a screen reader."""
    for parent in list(root.iter()):
        for child in list(parent):
            if str(child.tag).rpartition("}")[2] == "script":
                parent.remove(child)
    for tag, words in (("desc", description), ("title", title)):
        element = Element(tag)
        element.text = words
        root.insert(0, element)
    root.set("role", "img")
    return root


@lru_cache(maxsize=1)
def _font_file() -> str:
    from pylopdf_fonts_ko import sans_path

    return str(sans_path())
