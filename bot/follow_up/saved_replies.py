"""Answers that staff keep to give them again."""

from bot.follow_up.text_check import check
from bot.follow_up.workspace import Workspace
from bot.records.errors import UnknownSavedReplyError
from bot.records.groups import SavedReply, StaffMember


class SavedReplies:
    """Saved replies, for all of the staff. All raise StorageError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._kept = workspace.store.saved_replies

    async def listed(self) -> list[SavedReply]:
        """All of them, the newest first."""
        return await self._kept.listed()

    async def get(self, number: int) -> SavedReply:
        """The one of that number; raises UnknownSavedReplyError."""
        found = next((each for each in await self._kept.listed() if each.number == number), None)
        if found is None:
            raise UnknownSavedReplyError(number)
        return found

    async def save(self, text: str, by: StaffMember) -> SavedReply:
        """Keeps the text; one that is kept already stays as it is. Raises UnsuitableTextError."""
        return await self.get(await self._kept.add(check(text).text, by, self._workspace.clock()))

    async def remove(self, number: int) -> None:
        """Destroys one; raises UnknownSavedReplyError."""
        if not await self._kept.remove(number):
            raise UnknownSavedReplyError(number)
