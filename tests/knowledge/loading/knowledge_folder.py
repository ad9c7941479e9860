"""Writes small knowledge bases for tests."""

from pathlib import Path
from textwrap import dedent

from knowledge.errors import KnowledgeFaultsError
from knowledge.loading.loader import load_knowledge

ENTRY = "topic: money\nentries:\n  - {id: budget, question: 예산이 얼마예요?, answer: 4116억원입니다.}\n"


def write_folder(folder: Path, *, sources: str = "", vocabulary: str = "", **topics: str) -> Path:
    """A knowledge folder with a file for each topic, its text dedented."""
    (folder / "entries").mkdir(parents=True, exist_ok=True)
    for name, text in topics.items():
        (folder / "entries" / f"{name}.yaml").write_text(dedent(text), encoding="utf-8")
    for name, text in (("sources", sources), ("vocabulary", vocabulary)):
        if text:
            (folder / f"{name}.yaml").write_text(dedent(text), encoding="utf-8")
    return folder


def faults_of(folder: Path) -> list[str]:
    """The faults of the folder with their places and kinds; none when it loads."""
    try:
        load_knowledge(folder)
    except KnowledgeFaultsError as error:
        return [f"{fault.file}:{fault.line}:{fault.column}: {fault.kind}" for fault in error.faults]
    return []
