"""What can be wrong with the numbers that grouping needs."""

from pathlib import Path

from knowledge.errors import KnowledgeError


class GroupingNumbersError(KnowledgeError):
    """The fitted numbers of grouping cannot be used; the message says which command makes them anew."""

    def __init__(self, file: Path, problem: str) -> None:
        self.file, self.problem = file, problem
        super().__init__(f"{file}: {problem}; make it anew with: python -m benchmarks.grouping --fit")
