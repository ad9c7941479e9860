"""What the staff console says where questions are answered, as fields that each language fills.

`{names}` in them are filled in by the caller.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.records.groups import GroupOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleSentences:
    """One language's sentences."""

    title: str
    sections: Mapping[str, str]
    """The pages of the console, by the last part of their address."""
    section_list: str
    """Names the list of pages to screen readers."""
    local_member: str
    """Who works in the local mode."""
    signed_in_as: str
    """With {name}."""
    sign_out: str
    sign_out_everywhere: str
    moment: str
    """With {month}, {day}, {hour} and {minute}."""
    ages: Mapping[str, str]
    """With {count}: minutes, hours and days."""
    keys: str
    keys_open: str
    key_names: Mapping[str, str]
    """What each key does."""
    close: str
    changed: str
    """On a page that shows something that was changed meanwhile."""
    reload: str
    text_restored: str
    """A text that was not sent stands in the field again."""

    sign_in: str
    sign_in_how: str
    sign_in_code: str
    sign_in_button: str
    sign_in_ready: str
    """Where a link brought the code."""
    code_unusable: str
    session_over: str
    not_staff: str
    membership_unknown: str
    signed_out: str
    kept_text: str
    """Above a text that was sent when the session was over."""

    search: str
    search_hint: str
    show: str
    order: str
    orders: Mapping[GroupOrder, str]
    state: str
    unfinished: str
    all_states: str
    topic: str
    any_topic: str
    no_topic: str
    language: str
    any_language: str
    languages: Mapping[str, str]
    age: str
    any_age: str
    older_than: str
    """With {days}."""
    only_waited_for: str
    only_unhelpful: str
    counted: str
    """With {name} and {count}: a part of the filter and how many groups it would leave."""
    groups: str
    """With {count}."""
    no_groups: str
    all_done: str
    reset: str
    page: str
    """With {number} and {last}."""
    page_list: str
    previous: str
    next: str
    select: str
    """With {number}: ticks a group."""
    waiting: str
    questions: str
    people: str
    """These with {count}."""
    asked_ago: str
    """With {age}."""
    overdue: str
    did_not_help: str
    with_selected: str
    reason: str
    own_reason: str
    looked_at: str
    paused: str
    """With {by} and {at}."""
    dismiss_selected: str
    merge_selected: str
    select_some: str
    select_two: str

    group: str
    """With {number}."""
    back_to_list: str
    next_group: str
    asked_questions: str
    asked_times: str
    """With {count}."""
    more_questions: str
    """With {count}."""
    notes: str
    nearest: str
    no_nearest: str
    find_entry: str
    found_entries: str
    """With {text}."""
    confidence: str
    """With {percent}."""
    link: str
    entry_answer: str
    history: str
    no_history: str
    write_answer: str
    answer_hint: str
    characters: str
    """With {count} and {limit}."""
    answer_language: str
    preview: str
    saved_replies: str
    use_reply: str
    save_reply: str
    remove_reply: str
    other_acts: str
    take: str
    hand_over: str
    ask_back: str
    ask_back_hint: str
    ask_back_send: str
    dismiss: str
    dismiss_hint: str
    split: str
    split_hint: str
    merge: str
    merge_hint: str
    merge_number: str
    reopen: str
    approve: str
    undo: str
    undo_until: str
    """With {time}."""
    answer_given: str
    answer_in: str
    """With {language}."""
    linked_entry: str
    sent_from: str
    """With {time}."""
    dismissed_because: str
    merged_into: str
    by: str
    """With {by} and {at}."""
    told: str
    """With {told} and {all}."""
    not_reached: str
    """With {count}."""
    add_other_language: str
    """With {language}."""

    preview_title: str
    """With {number}."""
    preview_count: str
    """With {count}: how many citizens are told."""
    preview_nobody: str
    preview_reads: str
    preview_others: str
    """With {count}."""
    leave_out: str
    leave_out_hint: str
    send: str
    send_for_approval: str
    change: str
    discard: str
    preview_gone: str

    done: Mapping[str, str]
    """What was done, by the act; with {number}, some with {other} or {count}."""
    not_done: str
    """With {number} and {why}."""
    not_a_number: str
    text_kept: str
    """After an act was refused: the text is still there."""
