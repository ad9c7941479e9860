"""What the bot says about itself, and what it may know about members of a group."""

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.bot_api.arguments import Arguments, Json
from tests.bot_api.chats import BOT, Chats
from tests.bot_api.refusals import bad_request

if TYPE_CHECKING:
    from collections.abc import Callable

_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}", re.ASCII)
_LONGEST = {"name": 64, "description": 512, "short_description": 120}
_RIGHTS = [
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
]


class Profile:
    """Commands, descriptions, the menu button, chats and their members."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats
        self._kept: dict[tuple[str, str], Any] = {}
        self.table: dict[str, Callable[[Arguments], Any]] = {
            "getMe": lambda _: BOT | {"can_join_groups": True, "supports_inline_queries": False},
            "setMyCommands": self._set_commands,
            "getMyCommands": lambda given: self._kept.get(_scope(given), []),
            "deleteMyCommands": lambda given: self._kept.pop(_scope(given), None) is not None or True,
            "setChatMenuButton": lambda _: True,
            "getChatMenuButton": lambda _: {"type": "commands"},
            "setMyDefaultAdministratorRights": lambda _: True,
            "getChat": lambda given: self._chats.reached(given.text("chat_id")).shown() | {"accent_color_id": 0},
            "getChatMember": self._member,
            "getChatMemberCount": lambda given: len(self._chats.reached(given.text("chat_id")).members),
            "getChatAdministrators": self._administrators,
        }
        for name in _LONGEST:
            method = "My" + name.title().replace("_", "")
            self.table[f"set{method}"] = partial(self._set_text, name)
            self.table[f"get{method}"] = partial(self._text, name)

    def _set_commands(self, arguments: Arguments) -> bool:
        commands = arguments.structure("commands")
        if not isinstance(commands, list):
            raise bad_request("expected an Array of BotCommand")
        for command in commands:
            if not _COMMAND.fullmatch(str(command.get("command", ""))):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 0 < len(str(command.get("description", ""))) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self._kept[_scope(arguments)] = commands
        return True

    def _set_text(self, name: str, arguments: Arguments) -> bool:
        if len(arguments.text(name)) > _LONGEST[name]:
            raise bad_request(f"{name.replace('_', ' ')} is too long")
        self._kept[name, arguments.text("language_code")] = arguments.text(name)
        return True

    def _text(self, name: str, arguments: Arguments) -> Json:
        return {name: self._kept.get((name, arguments.text("language_code")), "")}

    def _member(self, arguments: Arguments) -> Json:
        chat, user = self._chats.reached(arguments.text("chat_id")), arguments.number("user_id")
        status = chat.members.get(user, "left")
        if status == "unknown":
            raise bad_request("PARTICIPANT_ID_INVALID")
        return _shown(user, status)

    def _administrators(self, arguments: Arguments) -> list[Json]:
        members = self._chats.reached(arguments.text("chat_id")).members
        return [_shown(user, status) for user, status in members.items() if status in ("creator", "administrator")]


def _scope(arguments: Arguments) -> tuple[str, str]:
    return json.dumps(arguments.structure("scope"), sort_keys=True), arguments.text("language_code")


def _shown(user: int, status: str) -> Json:
    shown = BOT if user == BOT["id"] else {"id": user, "is_bot": False, "first_name": f"시민 {user}"}
    rights: Json = {}
    if status == "administrator":
        rights = dict.fromkeys(_RIGHTS, True) | {"is_anonymous": False, "can_manage_topics": True}
    elif status == "creator":
        rights = {"is_anonymous": False}
    elif status == "kicked":
        rights = {"until_date": 0}
    elif status.startswith("restricted"):
        rights = {"is_member": status.endswith("member")}
    return {"status": status.partition(" ")[0], "user": shown} | rights
