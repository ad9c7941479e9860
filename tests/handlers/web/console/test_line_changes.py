"""What a page shows of a changed file."""

from handlers.web.console.line_changes import changed_lines
from knowledge.writing.changes import Change


def test_lines_that_begin_with_dashes_or_pluses_are_shown_too() -> None:
    change = Change("a.yaml", b"---\n-- old\nend\n", b"++ new\nend\n")
    assert list(changed_lines(change))[1:] == [("-", "---"), ("-", "-- old"), ("+", "++ new"), (" ", "end")]
