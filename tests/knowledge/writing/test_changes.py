"""What is shown of a changed file."""

from knowledge.writing.changes import Change, changed_lines


def test_lines_that_begin_with_dashes_or_pluses_are_shown_too() -> None:
    change = Change("a.yaml", b"---\n-- old\nend\n", b"++ new\nend\n")
    assert list(changed_lines(change))[1:] == [("-", "---"), ("-", "-- old"), ("+", "++ new"), (" ", "end")]
