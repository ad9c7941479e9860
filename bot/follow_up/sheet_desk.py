"""Staff publish what a workbook changes in the knowledge base; who did is kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.records.groups import Act, StaffMember

if TYPE_CHECKING:  # what reads workbooks is large, and rarely needed
    from pathlib import Path

    from bot.follow_up.workspace import Workspace
    from knowledge.spreadsheet.import_plan import ImportPlan


class SheetDesk:
    """Publishes. Raises StorageError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def publish(self, folder: Path, plan: ImportPlan, by: StaffMember) -> None:
        """Writes the plan's changes into the folder's files, all or none; raises NotWrittenError."""
        from knowledge.writing.publishing import publish

        after = {"cells": plan.edited, "entries": plan.added, "files": [change.file for change in plan.changes]}
        async with self._workspace.storage.unit():
            audit = self._workspace.store.audit
            await audit.add(self._workspace.clock(), by, Act.IMPORT_SHEET, group=None, before={}, after=after)
            await asyncio.to_thread(publish, folder, plan.changes)
