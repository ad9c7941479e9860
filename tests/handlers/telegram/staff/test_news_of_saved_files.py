"""A file saved with a fault is told in the staff group, once, and so is its mending: from the disk to the chat."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.matcher_process.knowledge_opener import Opening
from handlers.telegram.staff.background_jobs import BackgroundJobs, KnowledgeNews
from tests.bot.matcher_process.small_opening import SMALL, break_files, mend_files, version_of, write_version
from tests.bot.matcher_process.starting import running, until
from tests.handlers.telegram.staff.building import FirstWords, Office

NOT_SERVED = "바뀐 자료에 오류가 있어"
SERVED = "바뀐 자료로 답합니다"


@asynccontextmanager
async def _working(office: Office, news: KnowledgeNews) -> AsyncIterator[None]:
    """What goes on beside the handlers does, as in the program."""
    jobs = BackgroundJobs(office.follow_up, office.group_chat, news=news)
    task = asyncio.create_task(jobs.run(office.door.outbox, FirstWords()))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


def _told(office: Office, beginning: str) -> list[str]:
    return [seen.text for seen in office.staff().screen() if seen.text.startswith(beginning)]


async def test_a_broken_file_is_told_once_and_its_mending_too(
    office: Office, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, news = write_version(tmp_path, 1), KnowledgeNews("ko")
    log = tmp_path_factory.mktemp("log") / "log"
    opening = Opening(SMALL.function, {"log": str(log)})
    async with running(folder, opening, listener=news.listener) as finder, _working(office, news):
        break_files(folder)
        await until(lambda: bool(_told(office, NOT_SERVED)))
        assert version_of(finder.knowledge) == 1
        os.utime(folder / "entries/more.yaml", (1, 1))  # saved again, and as faulty as before
        await until(lambda: len(log.read_text(encoding="utf-8").splitlines()) == 3)
        write_version(folder, 2)
        mend_files(folder)
        await until(lambda: bool(_told(office, SERVED)))
        assert version_of(finder.knowledge) == 2
    (fault,) = _told(office, NOT_SERVED)
    assert "entries/more.yaml:3:" in fault
    assert "{id: x}" in fault
    assert "question" in fault
    assert len(_told(office, SERVED)) == 1


async def test_a_change_without_faults_is_served_and_not_told(office: Office, tmp_path: Path) -> None:
    folder, news = write_version(tmp_path, 1), KnowledgeNews("ko")
    async with running(folder, listener=news.listener) as finder, _working(office, news):
        write_version(folder, 2)
        await until(lambda: version_of(finder.knowledge) == 2)
        break_files(folder)
        await until(lambda: bool(_told(office, NOT_SERVED)))  # what came before would have been told before
    assert _told(office, SERVED) == []
