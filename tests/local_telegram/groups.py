"""Groups: who belongs to them, and their topics."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.local_telegram.chats import Chat, Chats, Json
from tests.local_telegram.refusals import bad_request

Arguments = Mapping[str, str]


class Groups:
    """Answers calls about groups; each is given the arguments as they travel, as texts."""

    def __init__(self, chats: Chats, me: Json) -> None:
        self.methods: dict[str, Callable[[Arguments], Any]] = {
            "getChatMember": self._member,
            "createForumTopic": self._create_topic,
            "editForumTopic": self._edit_topic,
        }
        self._chats = chats
        self._me = me

    def thread(self, call: Arguments, chat: Chat) -> Json:
        """What a message in the topic that the call names carries. Raises Refusal when the topic is gone."""
        thread = int(call.get("message_thread_id", "0"))
        if not thread:
            return {}
        if thread not in chat.topics:
            raise bad_request("message thread not found")
        return {"message_thread_id": thread, "is_topic_message": True}

    def _member(self, call: Arguments) -> Json:
        chat = self._chats.find(call.get("chat_id", ""))
        user = int(call.get("user_id", "0"))
        status = chat.members.get(user, "left")
        if status == "unknown":
            raise bad_request("PARTICIPANT_ID_INVALID")
        member: Json = {"user": {"id": user, "is_bot": False, "first_name": ""}, "status": status.partition(" ")[0]}
        return member | ({"is_member": status.endswith("member")} if status.startswith("restricted") else {})

    def _create_topic(self, call: Arguments) -> Json:
        chat = self._forum(call)
        name = call.get("name", "")
        number = self._chats.add(chat, self._me, {"forum_topic_created": {"name": name, "icon_color": 0}})["message_id"]
        chat.topics[number] = name
        return {"message_thread_id": number, "name": name, "icon_color": 0}

    def _edit_topic(self, call: Arguments) -> bool:
        chat = self._forum(call)
        thread = int(call.get("message_thread_id", "0"))
        if thread not in chat.topics:
            raise bad_request("message thread not found")
        if chat.topics[thread] == call.get("name"):
            raise bad_request("TOPIC_NOT_MODIFIED")
        chat.topics[thread] = call.get("name", "")
        return True

    def _forum(self, call: Arguments) -> Chat:
        chat = self._chats.find(call.get("chat_id", ""))
        if not chat.is_forum:
            raise bad_request("the chat is not a forum")
        return chat
