"""What becomes of changed knowledge files, told in the staff group: faults once, and that all is well again."""

import html
from collections import deque

from bot.delivery import Outbox
from bot.matcher_process import Listener
from handlers.telegram.staff.markup import literal, text_call
from handlers.telegram.staff.staff_group import StaffGroup
from knowledge.base import Language
from knowledge.wording import report_words

_MOST_LETTERS = 3000
"""A message of Telegram holds 4,096, and markup takes some."""
_MOST_WAITING = 20
"""Where nobody leads for long, the oldest news are lost; `check` says the same."""


class KnowledgeNews:
    """Hears what becomes of the files, and keeps it until it is told."""

    def __init__(self, language: Language) -> None:
        self._words = report_words(language)
        self._waiting: deque[str] = deque(maxlen=_MOST_WAITING)
        self.listener = Listener(language, self._on_fault, self._on_served)

    def _on_fault(self, fault: str) -> None:
        text = fault if len(fault) <= _MOST_LETTERS else f"{fault[:_MOST_LETTERS]}…"
        self._waiting.append(f"{literal(self._words.not_served)}\n<pre>{html.escape(text, quote=False)}</pre>")

    def _on_served(self, text: str, had_faults: bool) -> None:
        if had_faults:
            self._waiting.append(literal(text))

    async def tell(self, staff: StaffGroup, outbox: Outbox) -> int:
        """Puts the news into the group; how many that were. Raises StorageError, and keeps what was not put."""
        told = 0
        while self._waiting:
            async with staff.follow_up.workspace.storage.unit():
                await outbox.add([text_call(staff.chat, self._waiting[0])], staff.now())
            self._waiting.popleft()
            told += 1
        return told
