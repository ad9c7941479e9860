from pathlib import Path

from tests.follow_up.run import run


async def test_everybody_who_asked_is_told_once_and_the_next_is_answered_at_once(tmp_path: Path) -> None:
    outcome = await run(tmp_path)
    assert outcome.cards == {"미답변": 3}
    assert outcome.told == {1: 27}
    assert outcome.others_told == 0
    assert outcome.kills == 2
    assert 0 < outcome.told_at_kill < 27
    assert outcome.drafts.endswith("0")
    assert outcome.answered_anew
