"""What is said to people, as fields that each language fills. `{names}` in them are filled in by the caller."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """One language's sentences."""

    welcome: str
    help: str
    privacy: str
    """With {days}: after how many days recorded questions are destroyed; and {carrier}."""
    privacy_carriers: Mapping[str, str]
    """What is said of whoever carries the messages, by channel; nothing of those that nobody else carries."""
    privacy_kept_here: str
    """The same for a chat that is kept here. With {days} and {shown}: for how many days it can be read."""

    topics: str
    topics_button: str
    previous_page: str
    next_page: str
    topic_heading: str
    """With {title}."""

    understood: str
    """With {text}: the question as it was repaired."""
    source: str
    """With {source} and {as_of}."""
    source_only: str
    as_of_only: str
    year: str
    month: str
    day: str
    may_have_changed: str
    """Stands behind the basis of an answer whose day of review has passed."""
    basis_unknown: str
    """What the base is called where an editor did not say what it rests on."""
    not_in_base: str
    """With {subject} and {basis}: what the base does not say."""

    suggestions: str
    likely: str
    """Above the answer of a suggestion that is likely."""
    none_of_these: str
    turned_down: str
    turned_down_before: str
    chosen: str
    """With {question}: the suggestion that was chosen."""

    safety: Mapping[str, str]
    """By danger, with the names of `bot.wording.helplines`."""
    talk: Mapping[str, str]
    """What is said to small talk, by what it is; with {name}, {scope}, {basis}, {place} and {greeting}."""
    name_unknown: str
    scope_unknown: str
    greeting_unknown: str
    contact_heading: str
    contact_unknown: str
    samples_heading: str
    today: str
    """With {basis}: stands above what the base says to a question on today."""
    today_unknown: str
    """With {basis}: the same where nothing was found."""
    part_lacking: str
    """With {question} and {basis}: one of several questions that was not answered."""

    fallback: str
    recorded: str

    helpful: str
    not_helpful: str
    thanks: str
    voted_before: str
    what_was_missing: str
    what_was_missing_hint: str
    missing_recorded: str
    tell_me: str
    tell_me_confirmed: str
    """With {receipt}."""
    withdraw: str
    """With {receipt}."""
    withdrawn: str
    """With {receipt}."""
    my_questions: str
    no_questions: str
    my_question: str
    """With {receipt}, {question}, {state} and {day}, on which it was asked."""
    state_waiting: str
    state_taken: str
    state_telling: str
    state_told: str
    state_failed: str
    state_withdrawn: str
    state_closed: str
    forgotten: str
    notice_answer: str
    """With {question} and {text}."""
    notice_closed: str
    """With {question} and {text}: why, and whom to ask."""
    closed_because: Mapping[str, str]
    """By the usual reasons of staff, `DismissalReason`."""
    notice_question: str
    """With {question} and {text}."""
    note_passed_on: str
    ask_anew: str
    known_answer: str
    """With {text} and {day}: what staff answered to the same question, and when."""
    known_closed: str
    """With {text}: why staff gave no answer to the same question."""
    telephone_hidden: str
    paused: str
    """Said in the place of every answer while staff have stopped the assistant."""
    when_told: str
    which_to_cancel: str
    unstaffed: Mapping[str, str]
    """The sentences, by the names of these fields, that are said where nobody looks at what is recorded."""

    reply_hint: str
    """Stands in the empty field for a reply to a question of staff."""
    text_only: str
    unknown_command: str
    stale_button: str
    edited_question: str
    temporary_failure: str
    too_many_questions: str
    group_hint: str
    """With {name}: how to ask in a group."""

    command_start: str
    command_help: str
    command_topics: str
    command_my_questions: str
    command_forget: str
    command_privacy: str
    description: str
    """With {name} and {scope}."""
