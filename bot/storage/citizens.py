"""What is kept instead of who a citizen is."""

from bot.storage.stored_values import digest_of


def citizen_digest(channel: str, chat: int, key: bytes) -> bytes:
    """A digest of a citizen's chat, by which what is theirs is found again; without the key nobody can compute it."""
    return digest_of(f"citizen:{channel}:{chat}", key)


def conversation_digest(conversation: str, key: bytes) -> bytes | None:
    """The same for the name of a conversation, `telegram:<chat>`; None where it has no chat."""
    return digest_of(f"citizen:{conversation}", key) if ":" in conversation else None
