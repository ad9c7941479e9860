"""Each piece of evidence, over a small base whose outcome is known."""

import numpy as np
import pytest

from knowledge.matching.analysis import Analyzer
from knowledge.matching.entry_index import Corpus, EntryIndex
from knowledge.matching.features import ANSWERS_KEPT, FEATURES, GAPS_KEPT, Evidence, NamedFeatures, gather
from tests.knowledge.matching.small_base import EMPTY, VOCABULARY, WITHOUT_PRACTICE

ELSEWHERE = frozenset(word.lower() for word in VOCABULARY.elsewhere)


class Gathering:
    """Gathers evidence by the small knowledge base, and names it."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self.index: EntryIndex = Corpus(WITHOUT_PRACTICE, analyzer).index()

    def gather(self, question: str, without: list[int] | None = None) -> Evidence:
        left_out = None if without is None else np.array(without, np.int64)
        return gather(self.index, self.analyzer.analyze(question), question.lower(), ELSEWHERE, left_out)

    def of(self, question: str) -> dict[str, dict[str, float]]:
        """The features of each answer, by its id and their names."""
        found = self.gather(question)
        return {
            self.index.entries[entry].id: dict(zip(FEATURES, map(float, row), strict=True))
            for entry, row in zip(found.answers, found.features, strict=True)
        }


@pytest.fixture(scope="module")
def gathering(analyzer: Analyzer) -> Gathering:
    return Gathering(analyzer)


def test_every_feature_has_its_own_name() -> None:
    assert len(set(FEATURES)) == len(FEATURES)


def test_editors_own_words_are_as_near_as_can_be(gathering: Gathering) -> None:
    own = gathering.of("인코어드는 어떤 회사예요?")["company"]
    for name in ("meaning-max", "spelling-max", "string"):
        assert own[name] == pytest.approx(1, abs=1e-5)
    assert own["place"] == 0


def test_means_over_more_ways_are_smaller(gathering: Gathering) -> None:
    own = gathering.of("집적단지는 어디에 생기나요?")["place"]
    assert own["meaning-max"] > own["meaning-2"] > own["meaning-8"] > 0
    assert own["spelling-max"] > own["spelling-2"] > own["spelling-8"] > 0


def test_soft_maximum_is_near_to_the_maximum(gathering: Gathering) -> None:
    own = gathering.of("집적단지는 어디에 생기나요?")["place"]
    assert own["meaning-max"] <= own["meaning-soft"] < own["meaning-max"] + 0.3


def test_slip_is_seen_in_the_spelling_not_in_the_meaning(gathering: Gathering) -> None:
    typed = gathering.of("인코어드눈 회사에요")["company"]
    assert typed["spelling-max"] > 0.3


def test_log_odds_are_best_for_the_entry_that_says_the_word(gathering: Gathering) -> None:
    found = gathering.of("집적단지 위치")
    assert found["place"]["log-odds"] > found["budget"]["log-odds"]


def test_coverage_is_the_share_that_the_ways_to_ask_hold(gathering: Gathering) -> None:
    assert gathering.of("예산 얼마")["budget"]["coverage"] == pytest.approx(1, abs=1e-4)
    assert 0 < gathering.of("예산 뷁뷁시 얼마")["budget"]["coverage"] < 1


def test_coverage_by_the_answer_counts_too(gathering: Gathering) -> None:
    own = gathering.of("예산으로 데이터 짓나요")["budget"]
    assert own["answer-coverage"] > own["coverage"]
    assert own["unheard"] < own["uncovered"]


def test_what_nobody_says_is_unheard(gathering: Gathering) -> None:
    asked, plain = gathering.of("예산 뷁뷁시")["budget"], gathering.of("예산 얼마")["budget"]
    assert asked["unheard"] > 0.5 > plain["unheard"]


def test_frequent_coverage_is_never_more_than_coverage(gathering: Gathering) -> None:
    own = gathering.of("집적단지 예산 위치 얼마")["budget"]
    assert 0 < own["frequent-coverage"] <= own["coverage"] + 1e-6


def test_kind_speaks_for_the_entry_that_is_asked_so(gathering: Gathering) -> None:
    found = gathering.of("집적단지 어디")
    assert found["place"]["kind"] > 0 > found["budget"]["kind"]


@pytest.mark.parametrize(
    ("question", "held", "foreign"),
    [
        ("예산이 4,116억원인가요", 1, 0),
        ("예산이 9000억원인가요", 0, 1),
        ("예산 2020년 4116억", 1, 1),
        ("예산 얼마", 0, 0),
    ],
)
def test_numbers_are_held_or_foreign(gathering: Gathering, question: str, held: int, foreign: int) -> None:
    own = gathering.of(question)["budget"]
    assert (own["numbers-held"], own["numbers-foreign"]) == (held, foreign)


def test_names_from_elsewhere_speak_against_who_does_not_say_them(gathering: Gathering) -> None:
    found = gathering.of("부산 집적단지 회사 예산")
    assert (found["budget"]["elsewhere"], found["company"]["elsewhere"]) == (1, 0)


@pytest.mark.parametrize("name", ["은하수테크", "삼성", "samsung"])
def test_names_that_nobody_says_speak_against_all(gathering: Gathering, name: str) -> None:
    assert {own["elsewhere"] for own in gathering.of(f"{name} 집적단지 예산 얼마").values()} == {1}


def test_words_of_gaps_lean_away_from_answers(gathering: Gathering) -> None:
    asked, plain = gathering.of("집적단지 주차장")["place"], gathering.of("집적단지 위치")["place"]
    assert asked["lean-most"] > plain["lean-most"]
    assert asked["lean-uncovered"] > plain["lean-uncovered"] == 0


def test_unknown_words_are_counted_for_every_answer_alike(gathering: Gathering) -> None:
    found = gathering.of("집적단지 뷁뷁시 예산 얼마")
    assert {own["unknown-most"] for own in found.values()} == {1.0}
    assert {own["unknown"] for own in gathering.of("예산 얼마").values()} == {0}


def test_length_and_weight_are_those_of_the_question(gathering: Gathering) -> None:
    own = gathering.of("집적단지 위치 어디")["place"]
    assert own["length"] == len(set(gathering.analyzer.analyze("집적단지 위치 어디").morphemes))
    assert own["weight"] > 0


def test_best_answer_is_ahead_of_the_others_and_they_behind_it(gathering: Gathering) -> None:
    found = gathering.of("집적단지 위치가 어디예요")
    assert found["place"]["meaning-max-over-others"] > 0 > found["budget"]["meaning-max-over-others"]


def test_answers_are_compared_with_gaps(gathering: Gathering) -> None:
    asked, other = gathering.of("집적단지 주차 요금이 얼마예요?"), gathering.of("집적단지 예산이 얼마예요?")
    assert asked["budget"]["meaning-max-over-gaps"] < 0 < other["budget"]["meaning-max-over-gaps"]
    assert asked["budget"]["string-over-nearest-gap"] < 0 < other["budget"]["string-over-nearest-gap"]


def test_answers_stand_in_the_order_of_their_place(gathering: Gathering) -> None:
    found = gathering.gather("집적단지 예산이 얼마예요?")
    assert found.features[:, FEATURES.index("place")].tolist() == list(range(len(found.answers)))
    assert (np.diff(found.answer_scores) <= 0).all()


def test_gaps_are_gathered_apart(gathering: Gathering) -> None:
    found = gathering.gather("집적단지 주차 요금이 얼마예요?")
    assert [gathering.index.entries[gap].id for gap in found.gaps] == ["gap-parking"]
    assert "gap-parking" not in gathering.of("집적단지 주차 요금이 얼마예요?")


def test_gap_leads_where_it_is_asked_for(gathering: Gathering) -> None:
    assert gathering.gather("집적단지 주차 요금이 얼마예요?").lead_of_gap > 0
    assert gathering.gather("인코어드는 어떤 회사예요?").lead_of_gap < 0


def test_entries_left_out_are_not_considered(gathering: Gathering) -> None:
    asked = "집적단지 예산이 얼마예요?"
    best = int(gathering.gather(asked).answers[0])
    assert best not in gathering.gather(asked, without=[best]).answers


@pytest.mark.parametrize("question", ["뷁뷁", "", "?!", "zzzzqqqq"])
def test_question_with_nothing_known_has_no_evidence(gathering: Gathering, question: str) -> None:
    found = gathering.gather(question)
    assert (found.features.shape, len(found.gaps), found.lead_of_gap) == ((0, len(FEATURES)), 0, 0)


def test_empty_knowledge_base_has_no_evidence(analyzer: Analyzer) -> None:
    index = Corpus(EMPTY, analyzer).index()
    found = gather(index, analyzer.analyze("집적단지 예산"), "집적단지 예산", ELSEWHERE)
    assert found.features.shape == (0, len(FEATURES))


def test_evidence_is_bounded_and_finite(project_index: EntryIndex, analyzer: Analyzer) -> None:
    text = "집적단지 예산이 얼마예요? 광주 인공지능 주차"
    found = gather(project_index, analyzer.analyze(text), text, ELSEWHERE)
    assert found.features.shape == (ANSWERS_KEPT, len(FEATURES))
    assert len(found.gaps) == GAPS_KEPT
    assert np.isfinite(found.features).all()


def test_features_are_rounded(gathering: Gathering) -> None:
    features = gathering.gather("집적단지 예산이 얼마예요?").features
    np.testing.assert_allclose(features, np.round(features.astype(np.float64), 4), atol=1e-6)


def test_named_features_are_those_of_the_row() -> None:
    row = np.arange(len(FEATURES), dtype=np.float32)
    named = NamedFeatures(row)
    assert dict(named) == dict(zip(FEATURES, row.tolist(), strict=True))
    assert len(named) == len(FEATURES)
    assert named == NamedFeatures(row.copy())
    assert "meaning-max" in repr(named)


@pytest.mark.parametrize("name", ["", "no such feature"])
def test_unknown_feature_has_no_name(name: str) -> None:
    assert name not in NamedFeatures(np.zeros(len(FEATURES), np.float32))
