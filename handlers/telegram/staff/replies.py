"""Replies of staff to cards and prompts."""

import re
from collections import deque

from telegram import Message, Update

from bot.errors import FindingError
from bot.follow_up.previews import link_choices
from bot.follow_up.staff_texts import language_of_answer
from bot.masking import mask
from bot.records.errors import FollowUpError, UnconfirmedTextError
from handlers.telegram.citizens import replies_to_us
from handlers.telegram.staff import group_menus, staff_messages
from handlers.telegram.staff.authorisation import Authorisation
from handlers.telegram.staff.markup import literal
from handlers.telegram.staff.staff_group import Interaction, PromptKind, StaffGroup

_NUMBER = re.compile(r"\s*#?\s*([0-9]{1,18})\s*", re.ASCII)
_NUMBERED = re.compile(r"\s*#\s*([0-9]{1,18})\b[\s:.,]*(\S.*)", re.ASCII | re.DOTALL)
"""An answer that names its card: '#12 네, 있습니다.'"""
_ANY_NUMBER = re.compile(r"[0-9]{1,15}", re.ASCII)
_MOST_AT_ONCE = 8
"""Groups to dismiss at once; a button carries no more of their numbers."""
_ALBUMS_REMEMBERED = 50


class Replies:
    """Takes replies to the bot's messages in the staff group, and what is written in a card's own topic.

    A reply that is about no card is refused with a word. What else is said is left alone.
    """

    def __init__(self, staff: StaffGroup, authorisation: Authorisation) -> None:
        self._staff = staff
        self._authorisation = authorisation
        self._albums: deque[str] = deque(maxlen=_ALBUMS_REMEMBERED)
        """Albums come as many messages; one refusal is enough."""

    async def take(self, interaction: Interaction, update: Update) -> None:
        """Takes one reply; raises StorageError."""
        message = interaction.message
        wanted = await self._wanted(message)
        if wanted is None:
            if replies_to_us(message) and await self._authorisation.permits(interaction, "reply"):
                interaction.reply(literal(self._staff.words.no_reply_here))
            return
        group, kind, text = wanted
        if not await self._authorisation.permits(interaction, f"reply ({kind})", group):
            return
        unusable = self._unusable(update, message)
        if unusable is not None:
            if unusable:
                interaction.reply(literal(unusable))
            return
        try:
            await _do(kind, group, text, interaction)
        except FollowUpError as error:
            interaction.reply(literal(staff_messages.explained(error, self._staff)))

    async def _wanted(self, message: Message) -> tuple[int, PromptKind, str] | None:
        """The group that the message is about, what for, and its words; None where nobody can tell."""
        text, replied = message.text or "", message.reply_to_message
        thread = message.message_thread_id if message.is_topic_message else None
        if replied and replied.message_id != thread:  # what is written in a topic replies to the topic's beginning
            prompt = await self._staff.store.prompts.get(message.chat_id, replied.message_id)
            if prompt and prompt.kind != PromptKind.CONFIRMED:
                return prompt.group, PromptKind(prompt.kind), text
            card = await self._staff.store.cards.of_message(message.chat_id, replied.message_id)
            numbered = _NUMBERED.fullmatch(text)
            if card is None and numbered:
                return int(numbered[1]), PromptKind.ANSWER, numbered[2]
        else:
            card = await self._staff.store.cards.of_thread(message.chat_id, thread) if thread else None
        return (card.group, PromptKind.ANSWER, text) if card else None

    def _unusable(self, update: Update, message: Message) -> str | None:
        """Why nothing can be done with the message; nothing to say where that was said already; None where it can."""
        words = self._staff.words
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


async def _do(kind: PromptKind, number: int, text: str, interaction: Interaction) -> None:
    """Does what the reply is for."""
    staff, by = interaction.staff, interaction.by
    match kind:
        case PromptKind.ANSWER:
            language = language_of_answer(text, await staff.desk.group(number))
            staff_messages.show_preview(await staff.desk.preview(number, text, language, by), interaction)
        case PromptKind.ASK_BACK:
            asked = await staff.desk.ask_back(number, text, by)
            await _confirm(await staff_messages.said_asked_back(number, asked.text, staff), interaction)
        case PromptKind.REASON:
            await _dismiss(number, text, interaction)
        case PromptKind.SEARCH:
            await _search(number, text, interaction)
        case PromptKind.MERGE:
            await _merge(number, text, interaction)
        case PromptKind.BULK:
            await _choose_many(text, interaction)


async def _dismiss(number: int, reason: str, interaction: Interaction) -> None:
    """Dismisses the group; a reason with what looks like personal information only once somebody has looked at it."""
    staff = interaction.staff
    try:
        group = await staff.desk.dismiss(number, reason, interaction.by)
    except UnconfirmedTextError:
        html, keyboard = staff_messages.unconfirmed_reason(number, staff)
        interaction.reply(html, keyboard, reference=interaction.prompt_reference(number, PromptKind.REASON))
        return
    await _confirm(staff_messages.said_dismissed(group, staff), interaction)


async def _search(number: int, text: str, interaction: Interaction) -> None:
    try:
        finding = await interaction.staff.finder.find(mask(text))
    except FindingError:
        interaction.reply(literal(interaction.staff.words.no_entries))
        return
    confidences = {found.entry.id: found.confidence for found in finding.candidates}
    choices = link_choices(confidences, interaction.staff.follow_up.workspace.knowledge())
    interaction.reply(*staff_messages.entries_menu(number, choices, interaction.staff))


async def _choose_many(text: str, interaction: Interaction) -> None:
    """Shows the groups whose numbers were written, with reasons to dismiss them all."""
    numbers = list(dict.fromkeys(int(found) for found in _ANY_NUMBER.findall(text)))[:_MOST_AT_ONCE]
    if not numbers:
        interaction.reply(literal(interaction.staff.words.not_numbers))
        return
    groups = [await interaction.staff.desk.group(number) for number in numbers]
    interaction.reply(*group_menus.bulk_menu(groups, interaction.staff))


async def _merge(number: int, text: str, interaction: Interaction) -> None:
    found = _NUMBER.fullmatch(text)
    if not found:
        interaction.reply(literal(interaction.staff.words.not_a_number))
        return
    await interaction.staff.desk.merge(number, int(found[1]), interaction.by)
    await _confirm(staff_messages.said_merged(number, int(found[1]), interaction.staff), interaction)


async def _confirm(done: staff_messages.Done, interaction: Interaction) -> None:
    await interaction.confirm(done.html, done.keyboard, done.group)
