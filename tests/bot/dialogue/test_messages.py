import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.messages import (
    Action,
    ChooseSuggestion,
    NoneOfThese,
    ShowEntry,
    ShowTopic,
    ShowTopics,
    decode_action,
    encode_action,
)
from knowledge.base import Language

ids = st.from_regex(r"[a-z0-9]{1,12}(-[a-z0-9]{1,11}){0,3}", fullmatch=True)
numbers = st.integers(min_value=0, max_value=2**63 - 1)
actions = st.one_of(
    st.builds(ChooseSuggestion, numbers, ids),
    st.builds(NoneOfThese, numbers),
    st.builds(ShowEntry, ids),
    st.builds(ShowTopic, ids, st.integers(0, 9999)),
    st.just(ShowTopics()),
)


@given(actions, st.sampled_from(["ko", "en"]))
def test_every_action_comes_back(action: Action, language: Language) -> None:
    data = encode_action(action, language)
    assert data.isascii()
    assert len(data) <= 64
    assert decode_action(data) == (action, language)


@given(st.text())
def test_nothing_else_is_read_by_accident(data: str) -> None:
    read = decode_action(data)
    assert read is None or encode_action(*read) == data or data[2:3] == "0"


@pytest.mark.parametrize(
    "data",
    [
        "",
        "ck",
        "ck1",
        "ck1:",
        "ck1:Budget",
        "ck-1:budget",
        "cx1:budget",
        "nk1y2p0ij32e8e8",
        "nkzzzzzzzzzzzzz",
        "nk１",
        "tkinvestment:99999",
        "tkinvestment:-1",
        "tkinvestment",
        "lk\n",
        "lk lk",
        "ekbudget'; DROP TABLE questions",
        "ek../../etc/passwd",
    ],
)
def test_forged_data_is_refused(data: str) -> None:
    assert decode_action(data) is None
