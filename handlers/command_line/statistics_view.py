"""`questions stats` as people read it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.follow_up.reports import Figures, Statistics
from handlers.command_line.output import one_line, staff_words
from handlers.command_line.questions_data import figures_object

if TYPE_CHECKING:
    from rich.table import Table

_PLAIN_WIDTH = 120


def show_statistics(statistics: Statistics) -> None:
    """Tables by day and by topic, the time to answer, and what was asked most."""
    from rich.console import Console
    from rich.text import Text

    words = staff_words()
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_PLAIN_WIDTH)
    console.print(Text(words.statistics.format(first=statistics.first, last=statistics.last)))
    days = [(day.isoformat(), figures) for day, figures in statistics.by_day if figures != Figures()]
    console.print(_table(words.day, [*days, (words.total, statistics.total)]))
    topics = [(topic or words.no_topic, figures) for topic, figures in statistics.by_topic]
    if topics:
        console.print(_table(words.topic, topics))
    console.print(Text(_time_to_answer(statistics)))
    if statistics.most_asked:
        console.print(Text(f"{words.most_asked}:"))
    for group in statistics.most_asked:
        console.print(Text(f"  {group.count}  {one_line(group.title)}"), soft_wrap=True)


def _table(head: str, rows: Iterable[tuple[str, Figures]]) -> "Table":
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE)
    table.add_column(head, no_wrap=True)
    for name in staff_words().figures.values():
        table.add_column(name, justify="right")
    for label, figures in rows:
        table.add_row(Text(label), *map(_figure, figures_object(figures).values()))
    return table


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.0%}"


def _time_to_answer(statistics: Statistics) -> str:
    words = staff_words()
    if statistics.median is None or statistics.p90 is None:
        return words.not_answered
    return words.time_to_answer.format(
        count=statistics.groups_answered, median=_hours(statistics.median), p90=_hours(statistics.p90)
    )


def _hours(time: timedelta) -> str:
    return staff_words().hours.format(hours=time / timedelta(hours=1))
