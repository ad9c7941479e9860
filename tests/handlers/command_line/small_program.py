"""The command line over a small knowledge base and a matcher that counts common words."""

from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from typer.testing import CliRunner, Result

from bot.diagnosis import Diagnosis, Sign
from bot.dialogue.assistant import Assistant
from bot.dialogue.memory import Memory, PassingConversations
from bot.follow_up.service import FollowUp
from bot.matcher_process.async_finder import InThread
from bot.settings import Settings
from bot.storage.storage import Storage
from handlers.command_line.app import build_app
from handlers.command_line.chat import Conversation
from handlers.command_line.root import Overrides
from knowledge.base import KnowledgeBase
from knowledge.finding import Finder
from knowledge.loading.loader import load_knowledge
from knowledge.matching import Candidate, Match

KNOWLEDGE = """
topic: cluster
title: {ko: 집적단지, en: The cluster}
entries:
  - id: budget
    question: {ko: 집적단지 예산 얼마, en: cluster budget}
    answer: {ko: "**4116억원**입니다.", en: 411.6 billion won.}
    source: paper
    as_of: 2020
    see_also: [place]
  - id: place
    question: {ko: 집적단지 위치 어디, en: cluster place}
    answer: {ko: 첨단3지구입니다., en: The Cheomdan 3 district.}
  - id: gap-parking
    question: 집적단지 주차 요금
    answer: 주차 요금은 알려진 것이 없습니다.
    known_gap: true
"""
SOURCES = "paper: {name: {ko: 광주일보 기사, en: Gwangju Ilbo}}\n"


class WordMatcher:
    """Confidence is the share of words in common.

    A question that begins with 그럼 goes on from the one before; 그리고 stands between two questions.
    """

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge

    def match(self, question: str, previous: str | None = None) -> Match:
        words = set(question.split())
        if previous and "그럼" in words:
            words = words - {"그럼"} | (set(previous.split()) - {"예산", "얼마"})
        language = "en" if question.isascii() else "ko"
        understood = "집적단지" if question == "wlqwjrekswl" else None
        parts = question.split("그리고")
        several = tuple(self._ranked(set(part.split()))[0] for part in parts) if len(parts) > 1 else ()
        remembered = " ".join(words)
        return Match(self._ranked(words), language, understood, remembered, parts=several)  # type: ignore[arg-type]

    def least_confidence(self, wrong_answers: float, *, practised: bool = True) -> float:  # noqa: ARG002
        return 0.8

    def _ranked(self, words: set[str]) -> tuple[Candidate, ...]:
        candidates = [self._candidate(words, entry_id) for entry_id in self._knowledge.entries]
        ranked = sorted(candidates, key=lambda candidate: -candidate.confidence)
        return tuple(each for each in ranked if each.confidence)

    def _candidate(self, words: set[str], entry_id: str) -> Candidate:
        entry = self._knowledge.entries[entry_id]
        ways = [set(text.split()) for _, text in entry.ways_to_ask()]
        common = max(len(words & way) / len(words | way) for way in ways)
        return Candidate(entry, common, {"words": float(len(words)), "common": common})


class SmallRoot:
    """Implements `CompositionRoot` in a folder of a test."""

    def __init__(self, folder: Path) -> None:
        self.overrides = Overrides()
        self.folder = folder
        self.served = 0
        (folder / "entries").mkdir(exist_ok=True)
        (folder / "entries/cluster.yaml").write_text(KNOWLEDGE, encoding="utf-8")
        (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")

    def settings(self) -> Settings:
        database = self.overrides.database or f"sqlite+aiosqlite:///{self.folder}/test.db"
        return Settings.read(knowledge_dir=self.overrides.knowledge or self.folder, database_url=database)

    def knowledge(self) -> KnowledgeBase:
        return load_knowledge(self.settings().knowledge_dir)

    def opened(self) -> tuple[KnowledgeBase, Finder]:
        knowledge = self.knowledge()
        return knowledge, self.finder(knowledge)

    def finder(self, knowledge: KnowledgeBase) -> Finder:
        return Finder(WordMatcher(knowledge))

    def storage(self, *, create: bool = True) -> AbstractAsyncContextManager[Storage]:
        return Storage.open(self.settings().database_url, create=create)

    def follow_up(self, storage: Storage) -> FollowUp:
        return FollowUp(
            storage,
            cache(self.knowledge),
            lambda: datetime.now(UTC),
            ZoneInfo("Asia/Seoul"),
            needs_approval=self.settings().approval_required,
        )

    def assistant(self, storage: Storage | None = None) -> Assistant:
        knowledge = self.knowledge()
        memory = Memory(PassingConversations(), timedelta(days=1))
        return Assistant(
            InThread(knowledge, self.finder(knowledge)), storage.questions if storage else None, memory=memory
        )

    def conversation(self) -> AbstractAsyncContextManager[Conversation]:
        raise NotImplementedError

    async def inspect_telegram(self) -> list[Diagnosis]:
        return [Diagnosis(Sign.LOCAL_MODE)]

    def serve(self) -> None:
        self.served += 1


def invoke(root: SmallRoot, *arguments: Any, given: str | bytes = "") -> Result:
    """What the command line does with these arguments and that standard input."""
    return CliRunner().invoke(build_app(root), [str(argument) for argument in arguments], input=given)
