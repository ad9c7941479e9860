"""Renders what citizens are told about questions of theirs."""

from collections.abc import Sequence

from bot.delivery import OutgoingCall
from bot.dialogue.presenter import notice
from bot.follow_up.notification import Notice
from bot.records.askers import Asker
from handlers.telegram.citizens.rendering import render_literally
from handlers.telegram.citizens.sending import message_call


class TelegramNotices:
    """Implements bot.follow_up.notification.Notices for private chats on Telegram."""

    def calls(self, asker: Asker, told: Notice) -> Sequence[OutgoingCall]:
        """Replies to the citizen's own question, in as many messages as the text needs."""
        if asker.chat is None:
            return ()
        return [message_call(asker.chat, part, asker.message) for part in render_literally(notice(asker, told).text)]
