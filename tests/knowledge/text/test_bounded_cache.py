"""A memory holds what it was given, and never more than it may."""

from knowledge.text.bounded_cache import LONGEST, remember


def test_value_is_returned_and_kept() -> None:
    memory: dict[str, int] = {}
    assert remember(memory, "예산", 7, most=10) == 7
    assert memory == {"예산": 7}


def test_full_memory_forgets() -> None:
    memory: dict[str, int] = {}
    for number in range(25):
        remember(memory, str(number), number, most=10)
        assert len(memory) <= 10
    assert memory["24"] == 24


def test_long_text_is_not_kept() -> None:
    memory: dict[str, int] = {}
    assert remember(memory, "가" * (LONGEST + 1), 7, most=10) == 7
    assert not memory
