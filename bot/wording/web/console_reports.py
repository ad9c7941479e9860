"""What the console says on its pages of drafts, entries, trials, figures and records, as fields for each language.

`{names}` in them are filled in by the caller.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.finding import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleReportSentences:
    """One language's sentences."""

    unhelpful_hint: str
    """With {days}."""
    no_unhelpful: str
    unhelpful_groups: str
    entry: str
    helpful: str
    unhelpful: str
    helpful_share: str
    shown: str
    """How often an entry was given as the answer."""

    drafts_hint: str
    no_drafts: str
    draft: str
    """With {number}, {kind} and {entry}."""
    of_group: str
    """With {number}."""
    draft_question: str
    draft_phrasings: str
    draft_answer: str
    draft_faults: str
    draft_diff: str
    draft_present: str
    discard_draft: str
    try_draft: str
    try_hint: str
    tried: str
    tried_others: str
    """With {asked} and {changed}: earlier questions of staff."""
    drafts_write: str
    """How drafts are put into the knowledge base."""
    cited_now: str
    """Above what citizens get now for the words of a draft."""
    wordings: str
    """Above citizens' words that may become phrasings."""
    wordings_hint: str
    no_wordings: str
    wording_chosen: str
    """Before an entry; with {count}, the people who chose it."""
    accept_wording: str
    accept_this: str
    """With {text}."""
    wording_gone: str

    entries_found: str
    """With {count}."""
    find_entries: str
    find_entries_hint: str
    no_entries: str
    spreadsheet: str
    topic: str
    phrasings: str
    """With {count}."""
    answer: str
    source: str
    as_of: str
    review_by: str
    review_due: str
    known_gap: str
    see_also: str
    used: str
    """With {count} and {days}."""
    try_this: str

    playground_hint: str
    playground_question: str
    playground_ask: str
    playground_reply: str
    playground_nothing_kept: str
    buttons: str
    why: str
    outcomes: Mapping[Outcome, str]
    """Why it became that; with {percent}, {enough} and {entry}."""
    why_service: str
    """With {service}."""
    services: Mapping[str, str]
    """The kinds of fixed replies by their names."""
    understood_as: str
    """With {text}."""
    asked_about: str
    """With {words}."""
    kinds: Mapping[str, str]
    """What can be asked of something, by the matcher's names."""
    kind_asked: str
    """With {words}."""
    masked_as: str
    """With {text}."""
    nearest_is: str
    """With {entry}."""
    nothing_near: str
    new_needed: str
    would_be_found: str
    """With {text} and {entry}."""
    make_draft: str
    draft_made: str
    """With {number}."""
    candidates: str

    statistics_days: str
    """With {days}."""
    chart_table: str
    day: str
    figures: Mapping[str, str]
    total: str
    by_topic: str
    no_topic: str
    by_hour: str
    hour: str
    """With {hour}."""
    unanswered: str
    most_asked: str
    time_to_answer: str
    time_known: str
    """With {count}, {median} and {p90}."""
    time_unknown: str
    export: str
    export_hint: str
    daily_picture: str
    """With {days}."""
    topics_picture: str
    hours_picture: str
    helpful_picture: str

    audit_hint: str
    act: str
    who: str
    when: str
    group: str
    details: str
    older: str
    newest: str

    health_ready: str
    health_not_ready: str
    calls_unforeseen: str
    """With {count}."""
    part: str
    state: str
    works: str
    levels: Mapping[str, str]
    """By the names of the levels that are shown."""
