"""One citizen's flood: how many messages of a chat are taken, and when its citizen is told."""

from collections import OrderedDict, deque
from enum import Enum

MOST_MESSAGES = 100
SECONDS = 10
"""No citizen types a hundred questions in ten seconds; a program that does gets its first hundred answered."""
_CHARACTERS_OF_ONE = 250
_MOST_CHARACTERS = 1000
"""What is beyond is not looked at."""
_CHATS_WATCHED = 10_000


class Verdict(Enum):
    """What becomes of a message."""

    TAKEN = "taken"
    TELL = "tell"
    """The first that is too many: it gets the notice."""
    TOO_MANY = "too many"


class FloodGuard:
    """Counts each chat's messages by the time they were sent, so that a backlog after an outage is no flood."""

    def __init__(self, most: int = MOST_MESSAGES, seconds: int = SECONDS) -> None:
        self._most = most
        self._seconds = seconds
        self._sent: OrderedDict[int, deque[tuple[int, str, int]]] = OrderedDict()
        self._told: OrderedDict[int, tuple[int, str]] = OrderedDict()

    def judge(self, chat: int, sent_at: int, key: str, characters: int = 0) -> Verdict:
        """What becomes of the message of that key and length; the same message again gets the same verdict.

        A long message counts as several, as it costs as much as they do.
        """
        sent = self._of(chat)
        while sent and sent[0][0] <= sent_at - self._seconds:
            sent.popleft()
        if any(key == known for _, known, _ in sent):
            return Verdict.TAKEN
        if sum(weight for _, _, weight in sent) < self._most:
            sent.append((sent_at, key, 1 + min(characters, _MOST_CHARACTERS) // _CHARACTERS_OF_ONE))
            return Verdict.TAKEN
        return self._too_many(chat, sent_at, key)

    def _too_many(self, chat: int, sent_at: int, key: str) -> Verdict:
        told_at, told_for = self._told.get(chat, (sent_at - self._seconds, ""))
        if told_for != key and told_at > sent_at - self._seconds:
            return Verdict.TOO_MANY
        self._told[chat] = (sent_at, key)
        if len(self._told) > _CHATS_WATCHED:
            self._told.popitem(last=False)
        return Verdict.TELL

    def _of(self, chat: int) -> deque[tuple[int, str, int]]:
        sent = self._sent.setdefault(chat, deque())
        self._sent.move_to_end(chat)
        if len(self._sent) > _CHATS_WATCHED:
            self._sent.popitem(last=False)
        return sent
