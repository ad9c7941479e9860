import json

import pytest

from bot.wording.terminal import plain_lines
from handlers.command_line.output import write_json, write_json_lines

ACTING = "\x1b[31m\x9b31m\x9dtitle\x9c\u202e거꾸로\u2066\u2028\x7f\u200b\ud83d"


def test_json_holds_nothing_that_acts_on_a_terminal(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    write_json({"text": ACTING, "more": ["광주\n둘째 줄"]})
    write_json_lines([{"text": ACTING}])
    written = capfdbinary.readouterr().out.decode()
    assert not [character for character in written if not character.isprintable() and character != "\n"]
    document, _, line = written.rstrip("\n").rpartition("\n")
    assert json.loads(document) == {"text": ACTING, "more": ["광주\n둘째 줄"]}
    assert json.loads(line) == {"text": ACTING}
    assert "광주" in written


def test_lines_stay_lines_and_do_nothing() -> None:
    assert plain_lines("첫 줄\x9b2J\n\u202e둘째 줄") == "첫 줄 2J\n둘째 줄"
