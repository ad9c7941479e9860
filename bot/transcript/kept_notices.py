"""Tells citizens whose chats are kept here: what they are told stands in the chat, in the same unit of work."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.delivery import Closed, Sent
from bot.dialogue.presenter import notice
from bot.follow_up.notification import Notice, NoticeKind
from bot.records.askers import Asker
from bot.records.kept_messages import MessageContent
from bot.storage.transcripts import Transcripts
from bot.wording import sentences


class KeptNotices:
    """Tells at once, and reports so; implements bot.follow_up.notification.NoticeDoor."""

    def __init__(self, transcripts: Transcripts, report: Callable[[str, Sent | Closed], Awaitable[None]]) -> None:
        self._transcripts = transcripts
        self._report = report

    async def tell(self, asker: Asker, told: Notice, reference: str, now: datetime) -> None:
        """Puts the notice into the asker's chat; one that is there no more cannot be told."""
        prompt = sentences(asker.language).reply_hint if told.kind is NoticeKind.QUESTION else ""
        content = MessageContent(
            notice(asker.text, asker.language, told).text, asker.language, prompt=prompt, is_literal=True
        )
        number = await self._transcripts.add(asker.chat, content, now, asker.message) if asker.chat else None
        await self._report(reference, Sent(0, number) if number else Closed(0, "gone"))
