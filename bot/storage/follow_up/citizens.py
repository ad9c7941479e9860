"""What is kept instead of who a citizen is."""

from bot.storage.stored_values import digest_of


def citizen_digest(channel: str, chat: int, key: bytes) -> bytes:
    """A digest of a citizen's chat, by which what is theirs is found again; without the key nobody can compute it."""
    return digest_of(f"citizen:{channel}:{chat}", key)
