"""What the chat page says besides the assistant's own messages, as fields that each language fills."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSentences:
    """One language's sentences. `{names}` in them are filled in by the caller."""

    title: str
    """The heading of the page, for screen readers."""
    samples: str
    topics: str
    you: str
    """Who wrote a message: the citizen."""
    assistant: str
    question: str
    """Names the field for the question."""
    question_hint: str
    send: str
    menu: str
    reply: str
    """Names the field under a message that asks for a reply."""
    send_reply: str
    look_again: str
    """Where no script tells of new messages."""
    more: str
    """What can be done about an entry or a list, for screen readers."""
    linked: str
    """Stands over the entry that a link shows."""
    privacy: str
    forget: str
    forget_question: str
    forget_yes: str
    forget_no: str
    forgotten: str

    cookies_needed: str
    too_many: str
    too_long: str
    """With {most}: how many characters may be sent."""
    not_now: str
    offline: str
