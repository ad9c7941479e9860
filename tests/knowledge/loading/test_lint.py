"""What the linter says of a knowledge base that can be read."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import Fault
from knowledge.loading.lint import lint
from knowledge.loading.loader import read_knowledge, read_leniently
from knowledge.loading.silence import ADVICE
from tests.knowledge.loading.knowledge_folder import write_folder

TODAY = date(2026, 1, 1)
NO_CONTACT = "about.yaml:1:1: no-contact"


def _entry(name: str, *phrasings: str, more: str = "") -> str:
    listed = ", ".join(phrasings)
    return f"  - {{id: {name}, question: {name} 질문, answer: {name} 답, phrasings: [{listed}]{more}}}\n"


def _told(fault: Fault) -> str:
    where = dict(fault.details).get("where", "")
    return f"{fault.file}:{fault.line}:{fault.column}: {fault.kind} {where}".strip()


def _remarks(folder: Path, **topics: str) -> tuple[list[str], list[str]]:
    texts = {name: f"topic: {name}\nentries:\n{text}" for name, text in topics.items()}
    remarks = lint(read_knowledge(write_folder(folder, **texts)), TODAY)
    warnings = [_told(fault) for fault in remarks.warnings if fault.kind != "no-title"]
    assert NO_CONTACT in warnings
    return [_told(fault) for fault in remarks.errors], [warning for warning in warnings if warning != NO_CONTACT]


def test_one_phrasing_under_two_entries_is_an_error_with_both_places(tmp_path: Path) -> None:
    errors, _ = _remarks(tmp_path, a=_entry("one", "예산이 얼마?"), b=_entry("two", "다른 말", "예산이얼마"))
    assert errors == ["entries/b.yaml:3:66: asked-twice entries/a.yaml:3:60"]


def test_one_phrasing_twice_under_one_entry_is_a_warning(tmp_path: Path) -> None:
    errors, warnings = _remarks(tmp_path, a=_entry("one", "예산", "'예 산!'"))
    assert not errors
    assert "entries/a.yaml:3:64: asked-again entries/a.yaml:3:60" in warnings


def test_phrasings_by_language_have_places_too(tmp_path: Path) -> None:
    text = "  - {id: one, question: 하나, answer: 답, phrasings: {ko: [하나], en: [Uno]}}\n"
    other = "  - {id: two, question: {ko: 둘, en: uno?}, answer: 답}\n"
    errors, warnings = _remarks(tmp_path, a=text, b=other)
    assert errors == ["entries/b.yaml:3:37: asked-twice entries/a.yaml:3:67"]
    assert any(warning.startswith("entries/a.yaml:3:57: asked-again") for warning in warnings)


def test_few_phrasings_and_missing_english_are_warnings(tmp_path: Path) -> None:
    english = "  - {id: two, question: {ko: 둘, en: two}, answer: {ko: 답, en: a}}\n"
    _, warnings = _remarks(tmp_path, a=_entry("one", "말") + english)
    assert warnings[:3] == [
        "entries/a.yaml:3:25: no-english",
        "entries/a.yaml:3:41: no-english",
        "entries/a.yaml:3:48: few-phrasings",
    ]


def test_a_base_that_speaks_korean_alone_misses_no_english(tmp_path: Path) -> None:
    english = "  - {id: two, question: {ko: 둘, en: two}, answer: 답}\n"
    (tmp_path / "about.yaml").write_text("languages: [ko]\ncontact: {office: 시청}\n", encoding="utf-8")
    folder = write_folder(tmp_path, a=f"topic: a\nentries:\n{english}")
    assert _rules(folder) == ["few-phrasings"]


def test_a_base_without_any_english_is_not_told_so_at_each_entry(tmp_path: Path) -> None:
    _, warnings = _remarks(tmp_path, a=_entry("one", "말") + _entry("two", "말씀"))
    assert {warning.split()[-1] for warning in warnings} == {"few-phrasings"}


def test_a_fact_of_a_time_to_come_is_an_error(tmp_path: Path) -> None:
    entries = _entry("one", "말", more=", as_of: 2026-02") + _entry("two", "말씀", more=", verified: 2026-01-02")
    errors, _ = _remarks(tmp_path, a=entries + _entry("now", "지금", more=", as_of: 2026, verified: 2026-01-01"))
    assert errors == ["entries/a.yaml:3:71: future-date", "entries/a.yaml:4:75: future-date"]


def test_a_figure_without_a_source_is_told_where_others_name_theirs(tmp_path: Path) -> None:
    entries = (
        "  - {id: one, question: 하나, answer: '062-123-4567, 5000억원입니다.'}\n"
        "  - {id: two, question: 둘, answer: 7억원입니다., source: paper}\n"
        "  - {id: three, question: 셋, answer: 숫자가 없습니다.}\n"
    )
    folder = write_folder(tmp_path, sources="paper: {name: 신문}\n", a=f"topic: a\nentries:\n{entries}")
    told = [fault for fault in lint(read_knowledge(folder), TODAY).warnings if fault.kind == "figure-without-source"]
    assert [(fault.line, dict(fault.details)["figure"]) for fault in told] == [(3, "062-123-4567")]


def test_a_person_who_verifies_resets_the_clock_for_a_year(tmp_path: Path) -> None:
    dates = ["2024-12-30", "2025-01-01", "2024-12-31"]
    entries = "".join(
        _entry(f"e{number}", f"말{number}", more=f", review_by: 2024-12-31, verified: {day}")
        for number, day in enumerate(dates)
    )
    files = read_knowledge(write_folder(tmp_path, a=f"topic: a\nentries:\n{entries}"))
    due = [entry.id for entry in files.knowledge.entries.values() if entry.review_is_due(date(2026, 1, 1))]
    assert due == ["e0", "e2"]


def _rules(folder: Path) -> list[str]:
    warnings = lint(read_knowledge(folder), TODAY).warnings
    return [fault.kind for fault in warnings if fault.kind != "no-title"]


@pytest.mark.parametrize("rule", sorted(ADVICE))
def test_each_rule_can_be_turned_off_for_a_whole_base(tmp_path: Path, rule: str) -> None:
    (tmp_path / "about.yaml").write_text(f"# check off {rule}: 까닭\ncontact: {{office: 시청}}\n", encoding="utf-8")
    files = read_knowledge(write_folder(tmp_path, a="topic: a\ntitle: 가\nentries: []\n"))
    assert lint(files, TODAY, [Fault("entries/a.yaml", 1, 1, rule)]).warnings == []


def test_advice_on_a_list_stands_at_its_key(tmp_path: Path) -> None:
    entry = "  - id: one\n    question: 하나\n    answer: 답\n    phrasings:\n      - 하나요\n"
    other = "  - id: two\n    question: 둘\n    answer: 답\n    phrasings:\n      ko:\n        - 둘이요\n"
    quiet = (
        other.replace("two", "three")
        .replace("둘", "셋")
        .replace("    phr", "    # check off few-phrasings: 셋\n    phr")
    )
    assert _of_rule(_topic(tmp_path, entry + other + quiet), "few-phrasings") == [(6, 5), (11, 5)]


def test_a_topic_without_a_title_is_told_once(tmp_path: Path) -> None:
    titled = f"topic: b\ntitle: 나\nentries:\n{_entry('two', '둘')}"
    folder = write_folder(tmp_path, a=f"topic: a\nentries:\n{_entry('one', '하나')}", b=titled)
    told = [
        (fault.file, fault.line) for fault in lint(read_knowledge(folder), TODAY).warnings if fault.kind == "no-title"
    ]
    assert told == [("entries/a.yaml", 1)]


@pytest.mark.parametrize("letter", ["\ufffd", "\uf0b7"])
def test_a_letter_that_got_lost_is_told(tmp_path: Path, letter: str) -> None:
    entry = f"  # 메모 {letter}\n  - {{id: one, question: 하나, answer: 답{letter}}}\n"
    assert _of_rule(_topic(tmp_path, entry), "lost-character") == [(4, 38)]


def _of_rule(folder: Path, rule: str) -> list[tuple[int, int]]:
    warnings = lint(read_knowledge(folder), TODAY).warnings
    return [(fault.line, fault.column) for fault in warnings if fault.kind == rule]


def _topic(folder: Path, entries: str) -> Path:
    return write_folder(folder, a=f"topic: a\nentries:\n{entries}")


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("  # check off few-phrasings: 드물게 묻습니다\n", []),
        ("  # check off few-phrasings\n", ["no-reason", "few-phrasings"]),
        ("  # check off no-english: 까닭\n", ["few-phrasings"]),
        ("  # check off few-phrasing: 까닭\n", ["unknown-rule", "few-phrasings"]),
        ("  # check off future-date: 까닭\n", ["unknown-rule", "few-phrasings"]),
    ],
)
def test_advice_can_be_turned_off_with_a_reason(tmp_path: Path, text: str, rules: list[str]) -> None:
    (tmp_path / "about.yaml").write_text("contact: {office: 시청}\n", encoding="utf-8")
    entry = "  - {id: one, question: 하나, answer: 답}\n"
    folder = write_folder(tmp_path, a=f"topic: a\nentries:\n{text}{entry}")
    assert _rules(folder) == rules


def test_a_note_at_the_head_counts_for_its_file_or_from_about_for_all(tmp_path: Path) -> None:
    (tmp_path / "about.yaml").write_text(
        "# check off few-phrasings: 이제 시작\n# check off no-title: 나중에\nlanguages: [ko]\n", encoding="utf-8"
    )
    text = f"# check off asked-again: 둘 다 씁니다\ntopic: a\nentries:\n{_entry('one', '예산', '예산!')}"
    folder = write_folder(tmp_path, a=text, b=f"topic: b\nentries:\n{_entry('two', '돈', '돈!')}")
    told = [(fault.file, fault.kind) for fault in lint(read_knowledge(folder), TODAY).warnings]
    assert told == [("about.yaml", "no-contact"), ("entries/b.yaml", "asked-again")]


def test_passed_reviews_are_told_once_a_file_and_day(tmp_path: Path) -> None:
    more = ", review_by: 2024-12-31"
    text = (
        _entry("one", "가", more=more)
        + _entry("two", "나", more=more)
        + _entry("new", "다", more=", review_by: 2030-01-01")
    )
    _, warnings = _remarks(tmp_path, a=text)
    due = [warning for warning in warnings if "review-due" in warning]
    assert due == ["entries/a.yaml:3:75: review-due"]


FIGURES = "paper:\n  - {text: 5000억원, beside: [예산, 사업비]}\n  - 2024년\n"
FIGURED = """\
topic: a
entries:
  - id: budget
    question: 예산이 얼마예요?
    answer: 2024년까지 5000억원입니다.
    source: paper
  - id: invented
    question: 언제 끝나요?
    answer: |
      2025년에 끝납니다.
      1. 집니다.
      2. 엽니다.
    source: paper
  - id: other
    question: 매출이 얼마예요?
    answer: {ko: 5000억원입니다., en: 500 billion won.}
    source: paper
  - id: new
    question: 직원은 몇 명이에요?
    answer: 120명입니다.
    source: office
"""


def _figures(folder: Path, text: str = FIGURED) -> list[tuple[int, str, str]]:
    (folder / "figures.yaml").write_text(FIGURES, encoding="utf-8")
    files = read_knowledge(write_folder(folder, sources="paper: {name: 신문}\noffice: {name: 담당}\n", a=text))
    told = [
        fault for fault in lint(files, TODAY).warnings if fault.kind in {"figure-not-in-source", "figure-of-another"}
    ]
    assert all(dict(fault.details)["figure"] in fault.wrong(language) for fault in told for language in ("ko", "en"))
    return [(fault.line, fault.kind, dict(fault.details)["figure"]) for fault in told]


def test_figures_that_the_source_does_not_hold_are_told_and_those_of_sources_that_are_not_listed_are_not(
    tmp_path: Path,
) -> None:
    assert _figures(tmp_path) == [
        (9, "figure-not-in-source", "2025년에"),
        (16, "figure-of-another", "5000억원"),
        (16, "figure-not-in-source", "500"),
    ]


def test_a_figure_can_be_let_pass_with_a_reason(tmp_path: Path) -> None:
    silenced = FIGURED.replace(
        "    answer: |", "    # check off figure-not-in-source: 시장이 말했습니다\n    answer: |"
    )
    assert [line for line, _, _ in _figures(tmp_path, silenced)] == [17, 17]


def test_figures_of_a_source_that_is_not_there_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "figures.yaml").write_text("papers: [2024년]\npaper: [{txt: 7억}]\n", encoding="utf-8")
    folder = write_folder(tmp_path, sources="paper: {name: 신문}\n", a=f"topic: a\nentries:\n{_entry('one', '말')}")
    _, faults = read_leniently(folder)
    assert [(fault.kind, dict(fault.details)["near"]) for fault in faults] == [
        ("unknown-source", "paper"),
        ("unknown-key", "text"),
    ]


def _kinds(folder: Path, text: str, **files: str) -> list[tuple[int, str]]:
    folder = write_folder(folder, a=f"topic: a\nentries:\n{text}", **files)
    quiet = {"few-phrasings", "no-contact", "no-title"}
    return [
        (fault.line, fault.kind) for fault in lint(read_knowledge(folder), TODAY).warnings if fault.kind not in quiet
    ]


def test_ways_to_ask_that_all_end_or_begin_alike_are_told(tmp_path: Path) -> None:
    asked = {
        "a": ["요금은 얼마인가요?", "주차비는 얼마인가요", "값은 얼마인가요?", "비용 얼마인가요"],
        "b": ["우리 도서관 어디?", "우리 도서관 위치", "우리 도서관 주소", "우리 도서관 약도"],
        "c": ["언제 열어요?", "몇 시에 여나요", "여는 시간", "아침 몇 시부터"],
        "d": ["전대는?", "전대 뭐", "전대 알려줘", "전대 사업이 뭐예요"],
    }
    text = "".join(
        f"  - {{id: {name}, question: {question}, answer: 답, phrasings: [{', '.join(others)}]}}\n"
        for name, (question, *others) in asked.items()
    )
    assert _kinds(tmp_path, text) == [(3, "one-voiced"), (4, "one-voiced")]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("안녕하세요, 시청입니다.", True),
        ("문의하신 내용은 아래와 같습니다.", True),
        ("주차 요금이 궁금하신가요?", True),
        ("주차 요금은 얼마인지 알려 드립니다", False),
        ("주차 요금은 얼마인가요", True),
        ("네, 무료입니다.", False),
        ("한 시간에 1,000원입니다. 더 궁금하신가요?\\n네.", True),
    ],
)
def test_a_first_line_that_does_not_answer_is_told(tmp_path: Path, answer: str, told: bool) -> None:
    text = f'  - {{id: a, question: 주차 요금은 얼마인가요?, answer: "{answer}"}}\n'
    assert _kinds(tmp_path, text) == [(3, "answer-not-first")] * told


def test_a_long_answer_is_told(tmp_path: Path) -> None:
    entries = zip("ab", (200, 100), strict=True)
    text = "".join(f"  - {{id: {name}, question: {name}, answer: {'긴 답 ' * count}}}\n" for name, count in entries)
    assert _kinds(tmp_path, text) == [(3, "long-answer")]


def test_synonyms_that_no_entry_says_are_told(tmp_path: Path) -> None:
    vocabulary = "synonyms:\n  - [주차비, 주차 요금]\n  - [수영장, 풀장]\n"
    assert _kinds(tmp_path, _entry("one", "주차요금"), vocabulary=vocabulary) == [(3, "unused-words")]


def test_synonyms_that_make_two_entries_one_question_are_told(tmp_path: Path) -> None:
    text = _entry("fee", "회의실 요금 알려줘") + _entry("fine", "회의실 벌금 알려줘", "벌금 얼마")
    vocabulary = "synonyms: [[요금, 벌금]]\n"
    assert _kinds(tmp_path, text, vocabulary=vocabulary) == [(4, "synonym-joins")]
    assert _kinds(tmp_path, text, vocabulary="synonyms: [[요금, 값]]\n") == []
