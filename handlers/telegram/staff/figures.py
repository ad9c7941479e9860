"""Digest, list and statistics as staff read them."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.follow_up.reports import Digest, Statistics
from bot.records.groups import UNFINISHED, Group
from handlers.telegram.staff.lists import listed_text, number_buttons
from handlers.telegram.staff.markup import Keyboard, literal, shortened
from handlers.telegram.staff.room import StaffRoom

_MOST_LISTED = 20
_MOST_TOPICS = 8
Said = tuple[str, Keyboard]
"""HTML and buttons."""


async def open_list(room: StaffRoom) -> Said:
    """The unfinished groups, overdue ones first and among them the longest waiting."""
    groups = await room.follow_up.desk.groups(UNFINISHED)
    if not groups:
        return literal(room.words.nothing_open), []
    groups = sorted(groups, key=lambda group: (not group.is_overdue(room.now()), group.due_at))
    overdue = sum(group.is_overdue(room.now()) for group in groups)
    shown = groups[:_MOST_LISTED]
    lines = [literal(room.words.open_list.format(count=len(groups), overdue=overdue)), *listed_text(shown, room)]
    if len(groups) > len(shown):
        lines.append(literal(room.words.open_list_more.format(count=len(groups) - len(shown))))
    return "\n".join(lines), number_buttons(shown)


def digest_text(digest: Digest, room: StaffRoom) -> Said:
    """The digest, with buttons for the groups that it names."""
    words = room.words
    said = words.digest.format(
        day=room.moment(digest.at),
        open=digest.open,
        taken=digest.taken,
        drafted=digest.drafted,
        overdue=digest.overdue,
        drafts=digest.new_drafts,
        failed=digest.failed,
    )
    named = [(words.digest_overdue, digest.most_overdue), (words.digest_asked, digest.most_asked)]
    lines = [line for heading, groups in named for line in _section(heading, groups, room)]
    shown = {group.number: group for _, groups in named for group in groups}
    return "\n".join([literal(said), *lines]), number_buttons(list(shown.values()))


def statistics_text(statistics: Statistics, room: StaffRoom) -> str:
    """Figures of some days in HTML."""
    words, total = room.words, statistics.total
    share = total.helpful_share
    helpful = words.no_figure if share is None else f"{share:.0%} ({total.helpful}/{total.helpful + total.unhelpful})"
    said = words.statistics.format(
        days=len(statistics.by_day),
        asked=total.asked,
        answered=total.answered,
        suggested=total.suggested,
        refused=total.refused,
        staff=total.answered_by_staff,
        helpful=helpful,
        median=_duration(statistics.median, room),
        p90=_duration(statistics.p90, room),
    )
    asked = _section(words.statistics_asked, statistics.most_asked[:5], room)
    return "\n".join([literal(said), *_topics(statistics, room), *asked])


def _topics(statistics: Statistics, room: StaffRoom) -> Iterator[str]:
    titles = {topic.id: topic.title.in_language(room.language) for topic in room.follow_up.workspace.knowledge().topics}
    asked = [(topic, figures) for topic, figures in statistics.by_topic if figures.asked]
    if asked:
        yield literal(room.words.statistics_topics)
    for topic, figures in asked[:_MOST_TOPICS]:
        title = shortened(titles.get(topic, room.words.no_topic), 60)
        yield literal(room.words.statistics_topic.format(topic=title, asked=figures.asked, refused=figures.refused))


def _section(heading: str, groups: Sequence[Group], room: StaffRoom) -> Iterator[str]:
    if groups:
        yield literal(heading)
        yield from listed_text(groups, room)


def _duration(time: timedelta | None, room: StaffRoom) -> str:
    words = room.words
    if time is None:
        return words.no_figure
    minutes = round(time.total_seconds() / 60)
    if minutes < 120:  # noqa: PLR2004 - below two hours, hours are too coarse
        return words.minutes.format(count=minutes)
    hours = round(minutes / 60)
    return words.hours.format(count=hours) if hours < 72 else words.days.format(count=round(hours / 24))  # noqa: PLR2004
