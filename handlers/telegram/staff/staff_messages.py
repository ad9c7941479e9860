"""What staff are shown besides cards: lists, menus, previews, what became of an act, digests and figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.dialogue.presenter import notice
from bot.follow_up.notification import Notice, NoticeKind
from bot.follow_up.overview.reports import Digest, Statistics
from bot.follow_up.previews import AnswerPreview, Asked, LinkChoice
from bot.records.errors import (
    ActRefusedError,
    FollowUpError,
    UnknownEntryError,
    UnknownGroupError,
    UnknownPreviewError,
    UnknownSavedReplyError,
    UnsuitableTextError,
)
from bot.records.groups import UNDO_FOR, Deed, Group, GroupState
from bot.records.questions import AskerState
from bot.wording.staff.staff_acts import act_sentences, reason_text
from handlers.telegram.citizens import MOST_UNITS, Part, render_literally
from handlers.telegram.staff.group_card import entry_question
from handlers.telegram.staff.markup import Keyboard, Verb, button, literal, quoted, shortened
from handlers.telegram.staff.staff_group import Interaction, PromptKind, StaffGroup
from knowledge.base import Entry

_MOST_LISTED = 20
_MOST_TOPICS = 8
_MOST_OWNERS = 8
_MOST_OF_AN_OWNER = 4
"""Entries; with as many owners as are shown, their lines fit into one message."""
_NUMBERS_A_ROW = 5
_TITLE = 60
ENTRIES_A_PAGE = 6
_MOST_PREVIEWED = 12
"""Questions."""
_FOR_OUR_WORDS = 1500
"""Characters."""

StaffMessage = tuple[str, Keyboard]
"""HTML and buttons."""


@dataclass(frozen=True, slots=True)
class Done:
    """What is said of an act on a group, with the button that undoes it."""

    html: str
    keyboard: Keyboard
    group: int


def listed_text(groups: Sequence[Group], staff: StaffGroup) -> list[str]:
    """A line for each group."""
    return [_line(group, staff) for group in groups]


def number_buttons(groups: Sequence[Group]) -> Keyboard:
    """A button for each group, some a row."""
    buttons = [button(f"#{group.number}", Verb.OPEN, group.number) for group in groups]
    return [buttons[start : start + _NUMBERS_A_ROW] for start in range(0, len(buttons), _NUMBERS_A_ROW)]


def _line(group: Group, staff: StaffGroup) -> str:
    words = staff.words.listed_overdue if group.is_overdue(staff.now()) else staff.words.listed
    state = staff.words.states[group.state]
    before, after = words.split("{title}")
    said = {"number": group.number, "people": group.people, "state": state}
    return literal(before.format(**said)) + quoted(group.title, _TITLE) + literal(after.format(**said))


async def link_menu(number: int, page: int, staff: StaffGroup) -> StaffMessage:
    """The entries that are nearest to the group's questions, a page of them; raises UnknownGroupError."""
    return entries_menu(number, await staff.desk.link_choices(number), staff, page)


def entries_menu(number: int, choices: Sequence[LinkChoice], staff: StaffGroup, page: int = 0) -> StaffMessage:
    """Entries to choose from."""
    words = staff.words
    shown = choices[page * ENTRIES_A_PAGE : (page + 1) * ENTRIES_A_PAGE]
    rows = [[_entry_button(number, choice, staff)] for choice in shown]
    turning = [button(words.back_button, Verb.LINK, number, page - 1)] if page else []
    if len(choices) > (page + 1) * ENTRIES_A_PAGE:
        turning.append(button(words.further_button, Verb.LINK, number, page + 1))
    last = [button(words.search_button, Verb.SEARCH, number), button(words.close_button, Verb.CLOSE, number)]
    said = words.choose_entry.format(number=number) if choices else words.no_entries
    return literal(said), [*rows, turning, last]


def reason_menu(number: int, staff: StaffGroup) -> StaffMessage:
    """The reasons why a group needs no answer."""
    words = staff.words
    reasons = act_sentences(staff.language).reasons
    rows = [[button(text, Verb.DISMISS_FOR, number, reason)] for reason, text in reasons.items()]
    last = [button(words.own_reason_button, Verb.OWN_REASON, number), button(words.close_button, Verb.CLOSE, number)]
    return literal(words.choose_reason.format(number=number)), [*rows, last]


async def split_menu(number: int, page: int, staff: StaffGroup) -> StaffMessage:
    """The questions of a group, a page of them; raises UnknownGroupError."""
    words = staff.words
    await staff.desk.group(number)
    questions = await staff.desk.questions(number)
    shown = questions[page * ENTRIES_A_PAGE : (page + 1) * ENTRIES_A_PAGE]
    rows = [[button(question.text, Verb.SPLIT_OFF, number, question.number)] for question in shown]
    turning = [button(words.back_button, Verb.SPLIT, number, page - 1)] if page else []
    if len(questions) > (page + 1) * ENTRIES_A_PAGE:
        turning.append(button(words.further_button, Verb.SPLIT, number, page + 1))
    close = [button(words.close_button, Verb.CLOSE, number)]
    return literal(words.choose_split.format(number=number)), [*rows, turning, close]


def _entry_button(number: int, choice: LinkChoice, staff: StaffGroup) -> tuple[str, str]:
    question = entry_question(choice.entry.id, staff)
    return button(f"{round(100 * choice.confidence)}% {question}", Verb.LINK_TO, number, choice.entry.id)


def show_preview(shown: AnswerPreview, interaction: Interaction) -> None:
    """Shows it with the buttons that send it or not. A reply to it is another answer in its place."""
    parts = _as_read(shown)
    if not _fits(parts):
        for part in parts:
            interaction.reply(part.html)
    reference = interaction.prompt_reference(shown.group.number, PromptKind.ANSWER)
    interaction.reply(*preview_message(shown, interaction.staff), reference=reference)


def preview_message(shown: AnswerPreview, staff: StaffGroup) -> StaffMessage:
    """What is sent to whom: the answer, where it fits, and each question that it answers."""
    words, parts = staff.words, _as_read(shown)
    fits, needs_approval = _fits(parts), staff.follow_up.workspace.needs_approval
    heading = words.preview_long if not fits else words.preview_drafts if needs_approval else words.preview
    lines = [literal(heading.format(number=shown.group.number, count=shown.waiting))]
    lines += [literal(words.cautions[caution]) for caution in shown.cautions]
    if shown.entry_id:
        lines.append(literal(words.preview_link.format(entry=entry_question(shown.entry_id, staff))))
    if len(shown.asked) > 1:
        lines += ["", literal(words.preview_questions)]
        lines += [_asked_line(asked, staff) for asked in shown.asked[:_MOST_PREVIEWED]]
        if len(shown.asked) > _MOST_PREVIEWED:
            lines.append(literal(words.more_questions.format(count=len(shown.asked) - _MOST_PREVIEWED)))
    if fits:
        lines += ["", f"<blockquote>{parts[0].html}</blockquote>"]
    return "\n".join(lines), _preview_buttons(shown, staff)


def _asked_line(asked: Asked, staff: StaffGroup) -> str:
    times = staff.words.preview_people.format(count=len(asked.numbers)) if len(asked.numbers) > 1 else ""
    return quoted(asked.text, _TITLE) + literal(times)


def _fits(parts: Sequence[Part]) -> bool:
    return len(parts) == 1 and len(parts[0].plain) + _FOR_OUR_WORDS < MOST_UNITS


def _preview_buttons(shown: AnswerPreview, staff: StaffGroup) -> Keyboard:
    words, number = staff.words, shown.number
    several = shown.asked[:_MOST_PREVIEWED] if len(shown.asked) > 1 else ()
    rows = [
        [button(words.leave_out_button.format(question=asked.text), Verb.LEAVE_OUT, number, asked.numbers[0])]
        for asked in several
    ]
    keep = [] if shown.entry_id else [button(words.keep_button, Verb.KEEP, number)]
    return [
        [button(words.send_button, Verb.SEND, number, shown.seen), button(words.cancel_button, Verb.CANCEL, number)],
        *rows,
        keep,
    ]


def _as_read(shown: AnswerPreview) -> list[Part]:
    """The messages that somebody who asked the group's first question gets."""
    answer = Notice(NoticeKind.ANSWER, shown.text)
    return render_literally(notice(shown.group.title, shown.group.language, answer).text)


def undo_row(number: int, staff: StaffGroup) -> Keyboard:
    """The button that undoes the group's last act."""
    return [[button(staff.words.undo_button, Verb.UNDO, number)]]


def said_answered(group: Group, staff: StaffGroup) -> Done:
    """After an answer was sent or drafted."""
    words = staff.words.drafted if group.state is GroupState.DRAFTED else staff.words.sending
    return _said(words.format(number=group.number, time=staff.time(group.standing.send_at)), group.number, staff)


def said_linked(group: Group, staff: StaffGroup) -> Done:
    """After a group was linked to an entry."""
    words = staff.words.link_drafted if group.state is GroupState.DRAFTED else staff.words.linked
    entry = entry_question(group.standing.entry_id or "", staff)
    said = words.format(number=group.number, entry=entry, time=staff.time(group.standing.send_at))
    return _said(said, group.number, staff)


def unconfirmed_reason(number: int, staff: StaffGroup) -> StaffMessage:
    """That a reason holds what looks like personal information, with a button for whoever has looked at it."""
    words = staff.words
    said = f"{act_sentences(staff.language).unconfirmed}\n{words.change_reason}"
    checked = button(words.dismiss_checked_button, Verb.DISMISS_CHECKED, number)
    return literal(said), [[checked, button(words.close_button, Verb.CLOSE, number)]]


def said_dismissed(group: Group, staff: StaffGroup) -> Done:
    """After a group was dismissed."""
    time = staff.time(group.standing.send_at)
    said = staff.words.dismissed.format(
        number=group.number, reason=reason_text(group.standing.reason, staff.language), time=time
    )
    return _said(said, group.number, staff)


async def said_asked_back(number: int, text: str, staff: StaffGroup) -> Done:
    """After a question to citizens was written."""
    waiting = (await staff.desk.askers(number)).get(AskerState.WAITING, 0)
    before, after = staff.words.asking_back.split("{text}")
    named = {"number": number, "count": waiting, "time": staff.time(staff.now() + UNDO_FOR)}
    html = literal(before.format(**named)) + quoted(text, 1000) + literal(after.format(**named))
    return Done(html, undo_row(number, staff), number)


def said_merged(number: int, other: int, staff: StaffGroup) -> Done:
    """After another group's questions came into a group."""
    return _said(staff.words.merged.format(number=number, other=other), number, staff)


def said_split(number: int, other: int, staff: StaffGroup) -> Done:
    """After a question went into a group of its own."""
    return _said(staff.words.split.format(number=number, other=other), number, staff)


def _said(text: str, number: int, staff: StaffGroup) -> Done:
    return Done(literal(text), undo_row(number, staff), number)


def explained(error: FollowUpError, staff: StaffGroup) -> str:
    """Why an act was not done, in the staff's words."""
    words = staff.words
    match error:
        case ActRefusedError(group=number, refusal=refusal, deed=deed):
            by, at = (shortened(deed.by.name, 60), staff.moment(deed.at)) if deed else ("", "")
            return words.refusals[refusal].format(number=number, by=by, at=at)
        case UnsuitableTextError(problem=problem, length=length, limit=limit):
            return words.problems[problem].format(length=f"{length:,}", limit=f"{limit:,}")
    return next((getattr(words, name) for kind, name in _UNKNOWN.items() if isinstance(error, kind)), words.stale)


_UNKNOWN = {
    UnknownGroupError: "unknown_group",
    UnknownEntryError: "unknown_entry",
    UnknownPreviewError: "unknown_preview",
    UnknownSavedReplyError: "unknown_saved",
}
"""The sentences' names that say that something is not there."""


def paused_text(deed: Deed, staff: StaffGroup) -> str:
    """That citizens get no answers, and who decided so."""
    return staff.words.paused.format(by=shortened(deed.by.name, 60), at=staff.moment(deed.at))


async def digest_text(digest: Digest, staff: StaffGroup) -> StaffMessage:
    """The digest, with buttons for the groups that it names."""
    words = staff.words
    said = words.digest.format(
        day=staff.moment(digest.at),
        open=digest.open,
        taken=digest.taken,
        drafted=digest.drafted,
        overdue=digest.overdue,
        drafts=digest.new_drafts,
        failed=digest.failed,
    )
    newly = tuple(group for group, _ in digest.newly_waiting)
    named = [(words.digest_overdue, digest.most_overdue), (words.digest_asked, digest.most_asked), ("", newly)]
    lines = [line for heading, groups in named if heading for line in _section(heading, groups, staff)]
    if newly:
        lines.append(literal(words.digest_newly))
        lines += [
            literal(words.digest_new.format(number=group.number, count=new)) for group, new in digest.newly_waiting
        ]
    paused = await staff.follow_up.pause.since()
    if paused:
        lines.insert(0, literal(paused_text(paused, staff)))
    shown = {group.number: group for _, groups in named for group in groups}
    return "\n".join([literal(said), *lines]), number_buttons(list(shown.values()))


def reviews_text(due: Mapping[str | None, Sequence[Entry]], staff: StaffGroup) -> str:
    """The month's list of entries to look at once more, by owner, in HTML; what is too much is counted."""
    words = staff.words
    lines = [literal(words.reviews.format(count=sum(map(len, due.values()))))]
    for owner, entries in list(due.items())[:_MOST_OWNERS]:
        named = shortened(owner or words.reviews_nobody, 60)
        lines.append(f"<b>{literal(words.reviews_owner.format(owner=named, count=len(entries)))}</b>")
        for entry in entries[:_MOST_OF_AN_OWNER]:
            question = shortened(entry.question.in_language(staff.language), 60)
            lines.append(literal(words.reviews_entry.format(question=question, day=entry.review_day)))
        if len(entries) > _MOST_OF_AN_OWNER:
            lines.append(literal(words.reviews_more.format(count=len(entries) - _MOST_OF_AN_OWNER)))
    left = sum(len(entries) for entries in list(due.values())[_MOST_OWNERS:])
    return "\n".join([*lines, *([literal(words.reviews_more.format(count=left))] if left else [])])


def statistics_text(statistics: Statistics, staff: StaffGroup) -> str:
    """Figures of some days in HTML."""
    words, total = staff.words, statistics.total
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
        median=_duration(statistics.median, staff),
        p90=_duration(statistics.p90, staff),
    )
    asked = _section(words.statistics_asked, statistics.most_asked[:5], staff)
    return "\n".join([literal(said), *_topics(statistics, staff), *asked])


def _topics(statistics: Statistics, staff: StaffGroup) -> Iterator[str]:
    titles = {
        topic.id: topic.title.in_language(staff.language) for topic in staff.follow_up.workspace.knowledge().topics
    }
    asked = [(topic, figures) for topic, figures in statistics.by_topic if figures.asked]
    if asked:
        yield literal(staff.words.statistics_topics)
    for topic, figures in asked[:_MOST_TOPICS]:
        title = shortened(titles.get(topic, staff.words.no_topic), 60)
        yield literal(staff.words.statistics_topic.format(topic=title, asked=figures.asked, refused=figures.refused))


def _section(heading: str, groups: Sequence[Group], staff: StaffGroup) -> Iterator[str]:
    if groups:
        yield literal(heading)
        yield from listed_text(groups, staff)


def _duration(time: timedelta | None, staff: StaffGroup) -> str:
    words = staff.words
    if time is None:
        return words.no_figure
    minutes = round(time.total_seconds() / 60)
    if minutes < 120:  # noqa: PLR2004 - below two hours, hours are too coarse
        return words.minutes.format(count=minutes)
    hours = round(minutes / 60)
    return words.hours.format(count=hours) if hours < 72 else words.days.format(count=round(hours / 24))  # noqa: PLR2004
