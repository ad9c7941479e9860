"""Forum topics."""

from typing import TYPE_CHECKING, Any

from tests.bot_api.arguments import Arguments, Json
from tests.bot_api.chats import BOT, Chat, Chats
from tests.bot_api.refusals import bad_request

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_NAME = 128
_COLOUR = 7322096


class Topics:
    """The topics of groups that have them."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats
        self.table: dict[str, Callable[[Arguments], Any]] = {
            "createForumTopic": self._create,
            "editForumTopic": self._rename,
            "closeForumTopic": lambda given: self._become(given, "closed"),
            "reopenForumTopic": lambda given: self._become(given, "open"),
            "deleteForumTopic": lambda given: self._become(given, "deleted"),
        }

    def thread(self, chat: Chat, arguments: Arguments) -> Json:
        """What a message in the named topic carries. Raises Refusal when the topic is gone or closed to the bot."""
        number = arguments.number("message_thread_id")
        if not number:
            return {}
        state = chat.topics.get(number, "deleted")
        if state == "deleted":
            raise bad_request("message thread not found")
        if state == "closed" and chat.members.get(BOT["id"]) != "administrator":
            raise bad_request("TOPIC_CLOSED")
        return {"message_thread_id": number, "is_topic_message": True}

    def _create(self, arguments: Arguments) -> Json:
        chat = self._forum(arguments)
        name = arguments.text("name")
        if not 0 < len(name) <= _LONGEST_NAME:
            raise bad_request("TOPIC_TITLE_EMPTY" if not name else "topic name is too long")
        made = {"name": name, "icon_color": _COLOUR}
        number = self._chats.add(chat, BOT, {"forum_topic_created": made})["message_id"]
        chat.topics[number], chat.topic_names[number] = "open", name
        return {"message_thread_id": number} | made

    def _rename(self, arguments: Arguments) -> bool:
        chat, number = self._topic(arguments)
        if chat.topic_names.get(number) == arguments.text("name"):
            raise bad_request("TOPIC_NOT_MODIFIED")
        chat.topic_names[number] = arguments.text("name")
        return True

    def _become(self, arguments: Arguments, state: str) -> bool:
        chat, number = self._topic(arguments)
        if chat.topics[number] == state:
            raise bad_request("TOPIC_NOT_MODIFIED")
        chat.topics[number] = state
        return True

    def _topic(self, arguments: Arguments) -> tuple[Chat, int]:
        chat, number = self._forum(arguments), arguments.number("message_thread_id")
        if chat.topics.get(number, "deleted") == "deleted":
            raise bad_request("message thread not found")
        return chat, number

    def _forum(self, arguments: Arguments) -> Chat:
        chat = self._chats.reached(arguments.text("chat_id"))
        if not chat.is_forum:
            raise bad_request("the chat is not a forum")
        return chat
