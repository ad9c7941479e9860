"""Changes a generated knowledge base while it is asked, and tells what became of the questions.

python -m tests.bot.matcher_process.changing_base --entries 5000 --rate 50
"""

import argparse
import asyncio
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice, product
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import FindingError
from bot.matcher_process.child import Timing
from bot.matcher_process.knowledge_opener import Opening
from bot.matcher_process.supervisor import MatcherProcess
from knowledge.finding import Finding, Limits
from tests.bot.matcher_process.starting import running, until
from tests.delivery.memory import megabytes

_ROOT = Path(__file__).parents[3]
_QUARTERS = (
    *("가람", "나래", "다솜", "라온", "마루", "새벽", "아람", "자람", "큰별", "타래", "푸른", "하늘", "솔빛"),
    *("은하", "무등", "금남", "상무", "첨단", "수완", "봉선", "양림", "송정", "월곡", "운남", "치평"),
)
_HOUSES = (
    *("도서관", "체육관", "수영장", "미술관", "박물관", "주민센터", "복지관", "어린이집", "보건소", "문화관"),
    *("청소년센터", "공원", "캠핑장", "극장", "시장", "도예관", "천문대", "식물원", "창업센터", "쉼터"),
)
_ASKED = (
    *("운영 시간", "이용 요금", "위치", "전화번호", "주차장"),
    *("예약 방법", "휴관일", "이용 대상", "대여 물품", "무료 강좌"),
)
_FRAMES = (
    *("알려 주세요", "어떻게 되나요?", "궁금해요", "좀 알 수 있을까요?", "정보", "안내 부탁드립니다"),
    *("뭐예요?", "알고 싶습니다", "말해 줘", "확인하려고요", "찾고 있어요", "모르겠어요"),
    *("에 대해 묻고 싶어요", "있나요?", "어디서 봐요?", "설명해 주세요", "요약"),
)
_ENTRIES_OF_A_FILE = 200


@dataclass(frozen=True, slots=True)
class Trial:
    """So many entries with so many phrasings each, asked `rate` times a second; all files change, or so many.

    `calm` is how many seconds it is asked before the change, and after that is live.
    """

    entries: int = 5000
    rate: float = 50.0
    phrasings: int = 10
    files: int | None = None
    calm: float = 5.0


def _write(folder: Path, trial: Trial, version: int, files: int | None = None) -> None:
    """Writes a base whose answers name their version; with `files`, only so many of its files."""
    (folder / "entries").mkdir(exist_ok=True)
    left = islice(_things(), trial.entries)
    for number in count():
        written = list(islice(left, _ENTRIES_OF_A_FILE))
        if not written or number == files:
            return
        lines = [f"topic: t{number}", "entries:"]
        for entry, (house, asked) in written:
            lines += [f"  - id: e{entry}", f"    question: {house} {asked} 문의", "    phrasings:"]
            lines += [f"      - {house} {asked} {frame}" for frame in _FRAMES[: trial.phrasings]]
            lines.append(
                f"    answer: {version}판입니다. {house} {asked}은 안내 전화 062-613-{entry:04d}에서 알려 드립니다."
            )
        (folder / f"entries/t{number}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _things() -> Iterator[tuple[int, tuple[str, str]]]:
    houses = (f"{quarter} {house}" for quarter, house in product(_QUARTERS, _HOUSES))
    return enumerate(product(houses, _ASKED))


def _versions(finding: Finding, files: int | None) -> set[str]:
    """The versions of the changed entries that the finding tells of."""
    changed = [each.entry for each in finding.candidates if files is None or int(each.entry.topic_id[1:]) < files]
    return {entry.answer.ko.partition("판")[0] for entry in changed}


@dataclass
class Course:
    """What became of questions that were asked over some time; `delays` are their seconds."""

    failed: int = 0
    mixed: int = 0
    delays: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        delays = sorted(self.delays)
        middle, late = (round(delays[int(len(delays) * share)] * 1000) for share in (0.5, 0.99))
        figures = f"50 % within {middle} ms, 99 % {late} ms, the latest {delays[-1] * 1000:.0f} ms"
        return f"{len(delays)} questions, {self.failed} failed, {self.mixed} mixed; {figures}"


@dataclass
class Changed:
    """A change under questions: a quiet time, the time from the change until it had been live for a while."""

    quiet: Course
    under_change: Course
    live_after: float
    memory_before: float
    most_memory: float

    def __str__(self) -> str:
        return (
            f"quiet: {self.quiet}\nchange: {self.under_change}\nlive after {self.live_after:.1f} s; "
            f"{self.memory_before:.0f} MB before, {self.most_memory:.0f} MB at most, of all processes"
        )


class Asking:
    """Asks at a steady rate, whether or not what was asked is answered."""

    def __init__(self, finder: MatcherProcess, trial: Trial) -> None:
        self.course = Course()
        self._finder, self._trial = finder, trial
        self._things = [thing for _, thing in islice(_things(), trial.entries)]
        self._chance = random.Random(1)  # noqa: S311  # no secret
        self._asked: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Asks until it is cancelled."""
        start = time.perf_counter()
        for number in count():
            due = start + number / self._trial.rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            asking = asyncio.create_task(self._ask(due, self.course))
            self._asked.add(asking)
            asking.add_done_callback(self._asked.discard)

    async def settled(self) -> None:
        """Waits for the answers to what was asked."""
        await asyncio.gather(*self._asked)

    async def _ask(self, due: float, course: Course) -> None:
        house, asked = self._chance.choice(self._things)
        try:
            finding = await self._finder.find(f"저기요 {house} {asked} 혹시 아세요")
        except FindingError:
            course.failed += 1
        else:
            course.mixed += len(_versions(finding, self._trial.files)) > 1
        course.delays.append(time.perf_counter() - due)


def _prepare(folder: Path) -> None:
    """Keeps what is made of the folder, as `make setup` does; in a process of its own, whose memory is not counted."""
    command = [sys.executable, "main.py", "--knowledge", str(folder), "prepare"]
    settings = {"CACHE_DIR": str(folder / "cache")}
    subprocess.run(command, check=True, cwd=_ROOT, env=os.environ | settings, stdout=subprocess.DEVNULL)


async def change_under_questions(folder: Path, trial: Trial) -> Changed:
    """Serves a base of the folder, asks it, and changes it meanwhile."""
    _write(folder, trial, 1)
    await asyncio.to_thread(_prepare, folder)
    opening = Opening.usual(Limits(), folder / "cache")
    async with running(folder, opening, Timing()) as finder:
        asking = Asking(finder, trial)
        memory = [await asyncio.to_thread(megabytes, os.getpid())]

        async def measure() -> None:
            while True:
                memory.append(await asyncio.to_thread(megabytes, os.getpid()))
                await asyncio.sleep(0.5)

        tasks = [asyncio.create_task(asking.run())]
        await asyncio.sleep(trial.calm)
        quiet, asking.course = asking.course, Course()
        tasks.append(asyncio.create_task(measure()))
        _write(folder, trial, 2, trial.files)
        started = time.perf_counter()
        await until(lambda: finder.knowledge.entries["e0"].answer.ko.startswith("2판"), within=600)
        live_after = time.perf_counter() - started
        await asyncio.sleep(trial.calm)
        for task in tasks:
            task.cancel()
        await asking.settled()
        return Changed(quiet, asking.course, live_after, memory[0], max(memory))


def main() -> None:
    """Shows the figures of a change of all files, and of one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=5000)
    parser.add_argument("--rate", type=float, default=50.0, help="questions a second")
    given = parser.parse_args()
    for files in (1, None):
        with TemporaryDirectory() as folder:
            trial = Trial(given.entries, given.rate, files=files)
            changed = asyncio.run(change_under_questions(Path(folder), trial))
            sys.stdout.write(f"{given.entries} entries, {'one file' if files else 'every file'} changed\n{changed}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
