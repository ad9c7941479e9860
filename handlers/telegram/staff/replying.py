"""Replies of staff to cards and prompts."""

import re
from collections import deque

from telegram import Message, Update

from bot.errors import FindingError
from bot.masking import mask
from bot.records.errors import FollowUpError
from bot.records.groups import Group
from handlers.telegram.staff import confirming, menus
from handlers.telegram.staff.authorising import authorised
from handlers.telegram.staff.deeds import Deed, explained
from handlers.telegram.staff.markup import literal
from handlers.telegram.staff.previewing import show_preview
from handlers.telegram.staff.prompts import PromptKind
from handlers.telegram.staff.room import StaffRoom
from handlers.telegram.staff.saying import Saying
from handlers.telegram.updates.effects import Effects
from knowledge.base import Language

_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_NUMBER = re.compile(r"\s*#?\s*([0-9]{1,18})\s*", re.ASCII)
_ALBUMS_REMEMBERED = 50


class Replying:
    """Takes replies to the bot's messages in the staff group; what replies to nothing of ours is left alone."""

    def __init__(self, room: StaffRoom) -> None:
        self._room = room
        self._albums: deque[str] = deque(maxlen=_ALBUMS_REMEMBERED)
        """Albums come as many messages; one refusal is enough."""

    async def take(self, update: Update, effects: Effects) -> None:
        """Takes one reply; raises StorageError."""
        message = update.effective_message
        wanted = await self._wanted(message) if message else None
        if not message or wanted is None:
            return
        group, kind = wanted
        by = await authorised(update, self._room, effects, f"reply ({kind})", group)
        user = update.effective_user
        if by is None or user is None:
            return
        unusable = self._unusable(update, message)
        if unusable is not None:
            if unusable:
                Saying(message, self._room, effects).reply(literal(unusable))
            return
        try:
            await _do(kind, group, message.text or "", Deed(self._room, message, by, user.id, effects))
        except FollowUpError as error:
            Saying(message, self._room, effects).reply(literal(explained(error, self._room)))

    async def _wanted(self, message: Message) -> tuple[int, PromptKind] | None:
        """The group that the message replies to, and what for; None where it replies to no card and no prompt."""
        replied = message.reply_to_message
        if not replied:
            return None
        prompt = await self._room.store.prompts.get(message.chat_id, replied.message_id)
        if prompt:
            return prompt.group, PromptKind(prompt.kind)
        card = await self._room.store.cards.of_message(message.chat_id, replied.message_id)
        return (card.group, PromptKind.ANSWER) if card else None

    def _unusable(self, update: Update, message: Message) -> str | None:
        """Why nothing can be done with the message; nothing to say where that was said already; None where it can."""
        words = self._room.words
        if update.edited_message:
            return words.edited
        if message.forward_origin:
            return words.forwarded
        if message.text:
            return None
        album = message.media_group_id
        if album and album in self._albums:
            return ""
        if album:
            self._albums.append(album)
        return words.text_only


async def _do(kind: PromptKind, number: int, text: str, deed: Deed) -> None:
    """Does what the reply is for."""
    room, by = deed.room, deed.by
    match kind:
        case PromptKind.ANSWER:
            language = _language(text, await room.follow_up.desk.group(number))
            show_preview(await room.follow_up.desk.preview(number, text, language, by), deed)
        case PromptKind.ASK_BACK:
            asked = await room.follow_up.desk.ask_back(number, text, by)
            deed.say.reply(*await confirming.asking_back(number, asked.text, room))
        case PromptKind.REASON:
            deed.say.reply(*confirming.dismissed(await room.follow_up.desk.dismiss(number, text, by), room))
        case PromptKind.SEARCH:
            await _search(number, text, deed)
        case PromptKind.MERGE:
            await _merge(number, text, deed)


async def _search(number: int, text: str, deed: Deed) -> None:
    try:
        finding = await deed.room.finder.find(mask(text))
    except FindingError:
        deed.say.reply(literal(deed.room.words.no_entries))
        return
    confidence = {found.entry.id: found.confidence for found in finding.candidates}
    deed.say.reply(*menus.entries_menu(number, list(confidence), deed.room, confidence))


async def _merge(number: int, text: str, deed: Deed) -> None:
    found = _NUMBER.fullmatch(text)
    if not found:
        deed.say.reply(literal(deed.room.words.not_a_number))
        return
    await deed.room.follow_up.desk.merge(number, int(found[1]), deed.by)
    deed.say.reply(*confirming.merged(number, int(found[1]), deed.room))


def _language(text: str, group: Group) -> Language:
    """The language of an answer: what it is written in, and where letters do not say, the group's."""
    if _HANGUL.search(text):
        return "ko"
    answer = group.standing.answer
    return "en" if answer and answer.of_language(group.language) else group.language
