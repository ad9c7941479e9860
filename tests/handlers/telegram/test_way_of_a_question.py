"""Through how many files a question passes, from its update to the sent reply: whoever follows it reads those."""

import sys
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from tests.handlers.telegram.building import a_world

ROOT = Path(__file__).parents[3]
TESTS = ROOT / "tests"
MOST_FILES = 36
"""Of the service and its door, `knowledge` aside. Telegram and the matcher's process are stand-ins here."""
ON_THE_WAY = {
    "handlers/telegram/updates/polling.py",
    "handlers/telegram/updates/intake.py",
    "handlers/telegram/updates/dispatcher.py",
    "handlers/telegram/updates/transaction.py",
    "handlers/telegram/citizens.py",
    "bot/dialogue/dialogue.py",
    "bot/dialogue/interpreter.py",
    "bot/dialogue/assistant.py",
    "bot/dialogue/presenter.py",
    "bot/storage/outbox.py",
    "handlers/telegram/outbox/sender.py",
}


async def test_question_passes_through_few_files() -> None:
    run: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        is_looking = frame.f_back is not None and TESTS in Path(frame.f_back.f_code.co_filename).parents
        if event == "call" and not is_looking:  # what the test looks at is not on the way
            run.add(frame.f_code)

    async with a_world() as world:
        citizen = world.citizen()
        await citizen.type("예산이 얼마예요?")  # what is loaded at the first question is not on its way
        before = sys.getprofile()
        sys.setprofile(note)
        try:
            await citizen.type("예산이 얼마예요?")
        finally:
            sys.setprofile(before)
    files = {Path(code.co_filename) for code in run if code.co_name != "<module>"}
    ours = {str(file.relative_to(ROOT)) for file in files if ROOT in file.parents}
    passed = {name for name in ours if name.startswith(("bot/", "handlers/"))}
    assert passed >= ON_THE_WAY
    assert len(passed) <= MOST_FILES, "\n".join(sorted(passed))
