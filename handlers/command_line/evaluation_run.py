"""Asks every question of the files and keeps the verdicts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot.masking import mask
from handlers.command_line.root import CompositionRoot
from knowledge.evaluation.judging import Judge, Judged
from knowledge.evaluation.question_files import Case, read_questions
from knowledge.evaluation.reliability import Bin, reliability
from knowledge.finding import Finding


@dataclass(frozen=True, slots=True)
class FileResult:
    """The verdicts on one file's questions."""

    file: Path
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """The verdicts on all files, and how far the confidences can be relied on."""

    files: tuple[FileResult, ...]
    reliability: tuple[Bin, ...]

    @property
    def judged(self) -> tuple[Judged, ...]:
        return tuple(each for result in self.files for each in result.judged)


def evaluate_files(root: CompositionRoot, files: Sequence[Path]) -> EvaluationResult:
    """Asks what the files ask. They are all read first, so that a fault in one shows before the waiting."""
    read = [(file, read_questions(file)) for file in files]
    knowledge = root.knowledge()
    finder = root.finder(knowledge)
    judge = Judge(knowledge)

    def ask(question: str, previous: str | None) -> Finding:
        return finder.find(mask(question), previous)

    with _progress(sum(len(cases) for _, cases in read)) as counted:
        results = tuple(FileResult(file, tuple(judge.judge(counted(cases), ask))) for file, cases in read)
    return EvaluationResult(results, tuple(reliability((each for r in results for each in r.judged), judge)))


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Iterable[Case]], Iterator[Case]]]:
    """Passes cases on and counts them on a bar; no bar where the error output is no terminal."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("asking", total=total)

        def counted(cases: Iterable[Case]) -> Iterator[Case]:
            for case in cases:
                yield case
                bar.advance(task)

        yield counted
