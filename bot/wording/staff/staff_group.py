"""What staff read in their group, as fields that each language fills. `{names}` in them are filled in by the caller."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.records.errors import Caution, Refusal, TextProblem
from bot.records.groups import GroupState
from knowledge.base import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffGroupSentences:
    """One language's sentences. `{moment}` and `{until}` are written by `moment`."""

    moment: str
    """With {month}, {day}, {hour} and {minute}."""
    time: str
    """With {hour} and {minute}."""
    languages: Mapping[Language, str]
    states: Mapping[GroupState, str]

    topic: str
    """With {number} and {title}: the name of a group's own topic."""
    heading: str
    """With {number} and {state}."""
    overdue: str
    more_questions: str
    """With {count}: questions that are not shown."""
    counts: str
    """With {people}, {askers} and {languages}."""
    asked: str
    """With {first}, {last} and {due}."""
    nearest: str
    nearest_entry: str
    """With {question} and {percent}."""
    notes: str
    taken_by: str
    drafted_by: str
    answered_by: str
    linked_by: str
    approved_by: str
    dismissed_by: str
    merged_by: str
    """These with {by} and {at}; `linked_by` with {entry}, `dismissed_by` with {reason}, `merged_by` with {into} too."""
    answer: str
    """With {language}."""
    sent_from: str
    """With {time}: until then it can be undone."""
    told: str
    """With {told} and {all}."""
    not_reached: str
    """With {count} and {reasons}."""
    unreached: Mapping[str, str]
    """Why a citizen was not reached, by the reason of the outbox."""
    unreached_otherwise: str
    destroyed: str

    answer_button: str
    link_button: str
    ask_back_button: str
    dismiss_button: str
    take_button: str
    hand_over_button: str
    split_button: str
    merge_button: str
    undo_button: str
    approve_button: str
    reopen_button: str
    send_button: str
    cancel_button: str
    close_button: str
    search_button: str
    own_reason_button: str
    dismiss_checked_button: str
    change_reason: str
    """How to write another reason."""
    saved_button: str
    keep_button: str
    drop_saved_button: str
    bulk_button: str
    waited_for_button: str
    all_button: str
    further_button: str
    back_button: str

    how_to_answer: str
    choose_entry: str
    """With {number}."""
    no_entries: str
    choose_reason: str
    choose_split: str
    choose_saved: str
    nothing_saved: str
    kept: str
    dropped: str
    unknown_saved: str
    bulk_prompt: str
    """With {name}."""
    not_numbers: str
    bulk_choose: str
    """With {count}."""
    bulk_dismissed: str
    """With {count} and {numbers}."""

    ask_back_prompt: str
    reason_prompt: str
    search_prompt: str
    merge_prompt: str
    """The prompts with {number} and {name}, who is asked."""
    prompt_hint: str

    preview: str
    """With {number} and {count}; what the citizen will read follows."""
    preview_drafts: str
    """The same where another staff member must approve first."""
    preview_long: str
    """The same after the citizen's messages, where they fill messages of their own."""
    preview_link: str
    """With {entry}."""
    preview_questions: str
    preview_people: str
    """With {count}: how often it was asked in these words."""
    leave_out_button: str
    """With {question}."""
    cautions: Mapping[Caution, str]
    sending: str
    """With {number} and {time}."""
    drafted: str
    """With {number}."""
    cancelled: str
    linked: str
    """With {number}, {entry} and {time}."""
    link_drafted: str
    dismissed: str
    """With {number}, {reason} and {time}."""
    asking_back: str
    """With {number}, {count}, {text} and {time}."""
    merged: str
    """With {number} and {other}."""
    split: str
    """With {number} and {other}."""
    undone: str
    """With {number}."""
    taken: str
    handed_over: str
    approved: str
    reopened: str
    opened: str

    refusals: Mapping[Refusal, str]
    """With {number}, {by} and {at}."""
    problems: Mapping[TextProblem, str]
    """With {length} and {limit}."""
    unknown_group: str
    unknown_entry: str
    unknown_preview: str
    stale: str
    text_only: str
    edited: str
    forwarded: str
    no_reply_here: str
    paused: str
    """With {by} and {at}: since when citizens get no answers."""
    resumed: str
    not_paused: str
    calls_unforeseen: str
    """With {count} and {reason}, which is the channel's."""
    command_pause: str
    command_resume: str
    not_a_number: str

    not_staff: str
    not_here: str
    anonymous: str
    cannot_check: str

    many_new: str
    """With {count}."""
    listed: str
    """With {number}, {people}, {state} and {title}."""
    listed_overdue: str
    open_list: str
    """With {count} and {overdue}."""
    waited_for_list: str
    """The same of those for which somebody waits."""
    page: str
    """With {number} and {count}."""
    nothing_open: str
    reminder: str
    """With {number}, {due} and {title}."""
    digest: str
    """With {day}, {open}, {taken}, {drafted}, {overdue}, {drafts} and {failed}."""
    digest_overdue: str
    digest_asked: str
    digest_newly: str
    digest_new: str
    """With {number} and {count}: how many more citizens have asked to be told."""
    reviews: str
    """With {count}: the head of the month's list of entries to look at once more."""
    reviews_owner: str
    """With {owner} and {count}."""
    reviews_nobody: str
    reviews_entry: str
    """With {question} and {day}."""
    reviews_more: str
    """With {count}."""

    statistics: str
    """With {days}, {asked}, {answered}, {suggested}, {refused}, {staff}, {helpful}, {median} and {p90}."""
    statistics_topics: str
    statistics_topic: str
    """With {topic}, {asked} and {refused}."""
    statistics_asked: str
    no_topic: str
    no_figure: str
    days: str
    hours: str
    minutes: str
    """With {count}."""
    chart: str
    """With {days}: the title of the picture."""
    chart_answered: str
    chart_suggested: str
    chart_refused: str
    chart_by_staff: str
    chart_description: str
    """With {title}, {answered}, {suggested}, {refused} and {staff}: sums, for whoever does not see the picture."""

    console_link: str
    """With {link}, {code} and {minutes}."""
    console_in_private: str
    no_console: str

    help: str
    command_stats: str
    command_console: str
    command_open: str
    command_digest: str
    command_help: str
