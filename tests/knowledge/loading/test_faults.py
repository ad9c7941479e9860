"""Each kind of mistake is told with its file, line and column, and what to do."""

import os
from datetime import date
from pathlib import Path

import pytest

from knowledge.base import MAX_ANSWER_LENGTH
from knowledge.errors import Fault, details
from knowledge.loading.base_files import strays, watched_in
from knowledge.loading.lint import lint
from knowledge.loading.loader import read_leniently
from knowledge.wording import KINDS, words_for
from knowledge.wording.korean_forms import in_korean
from tests.knowledge.loading.knowledge_folder import ENTRY, faults_of, write_folder
from tests.processor import processor_units

HEAD = "topic: money\nentries:\n"
BUDGET = "  - {id: budget, question: 예산?, answer: 답}\n"

LONG = f"  - {{id: a, question: q, answer: {'가' * (MAX_ANSWER_LENGTH + 1)}}}\n"
CASES = {
    "unknown key": ("  - {id: a, question: q, answer: a, anwser: b}\n", "3:37: unknown-key"),
    "missing key": ("  - {id: a, question: q}\n", "3:5: missing-key"),
    "misspelt key": ("  - {id: a, question: q, anser: a}\n", "3:26: unknown-key"),
    "Korean key": ("  - id: a\n    질문: q\n    answer: a\n", "4:5: unknown-key"),
    "duplicate key": ("  - id: a\n    answer: b\n    question: q\n    answer: a\n", "6:5: key-twice"),
    "duplicate id": (BUDGET + BUDGET, "4:10: id-twice"),
    "wrong id": ("  - {id: Größe, question: q, answer: a}\n", "3:10: bad-id"),
    "list for text": ("  - {id: a, question: q, answer: [a]}\n", "3:34: list-for-text"),
    "text for list": ("  - {id: a, question: q, answer: a, see_also: b}\n", "3:47: text-for-list"),
    "empty answer": ("  - {id: a, question: q, answer: ''}\n", "3:34: empty-needed"),
    "empty question": ("  - {id: a, question: ' ', answer: a}\n", "3:23: empty-needed"),
    "long answer": (LONG, "3:34: too-long"),
    "open bold": ("  - {id: a, question: q, answer: '**굵게'}\n", "3:34: open-bold"),
    "bad as_of": ("  - {id: a, question: q, answer: a, as_of: 2020년}\n", "3:44: bad-date"),
    "bad month": ("  - {id: a, question: q, answer: a, as_of: 2020-13}\n", "3:44: no-such-day"),
    "bad day": ("  - {id: a, question: q, answer: a, review_by: 2024-02-30}\n", "3:48: no-such-day"),
    "bad gap": ("  - {id: a, question: q, answer: a, known_gap: yes}\n", "3:48: bad-yes-no"),
    "no such source": ("  - {id: a, question: q, answer: a, source: x}\n", "3:45: unknown-source"),
    "no such neighbour": ("  - {id: a, question: q, answer: a, see_also: [b]}\n", "3:48: unknown-entry"),
    "itself as a neighbour": ("  - {id: a, question: q, answer: a, see_also: [a]}\n", "3:48: self-reference"),
    "unknown language": ("  - {id: a, question: {ko: q, de: q}, answer: a}\n", "3:31: unknown-key"),
    "open quote": ("  - {id: 'a, question: q, answer: a}\n", "3:10: open-quote"),
    "full-width colon in braces": ("  - {id: a, question: {ko： q}, answer: a}\n", "3:26: full-width-colon"),
    "full-width comma": ("  - {id: a, question: q, answer: a, phrasings: [하나，둘]}\n", "3:51: full-width-comma"),
    "no entry's id": ("  - {id: a, question: q, answer: a, see_also: [어디예요?]}\n", "3:48: not-an-entry"),
    "no source's key": ("  - {id: a, question: q, answer: a, source: 안내 책}\n", "3:45: not-a-source"),
    "no source": ("  - {id: a, question: q, answer: a, source: ''}\n", "3:45: empty-text"),
    "Korean by another name": ("  - id: a\n    question: q\n    answer:\n      kr: a\n", "6:7: unknown-key"),
    "bar of another keyboard": ("  - id: a\n    question: q\n    answer: ㅣ\n      하나\n", "5:13: wrong-pipe"),
    "key at the margin": (
        "  - id: a\n    question: q\nanswer: a\n    as_of: 2020\n  - {id: b, question: p, answer: a}\n",
        "5:1: indentation",
    ),
    "another document": (BUDGET + "---\n  - {id: b, question: q, answer: a}\n", "4:1: document-mark"),
    "line end that nobody sees": ("  - {id: a, question: q, answer: a\u2028b}\n", "3:35: hidden-character"),
    "letter that stands for none": ("  - {id: a, question: q, answer: a\u3164b}\n", "3:35: hidden-character"),
    "what two people changed": (
        "  - id: a\n    question: q\n<<<<<<< mine\n    answer: a\n=======\n    answer: b\n>>>>>>> yours\n",
        "5:1: merge-conflict",
    ),
    "further line with a dash": (
        "  - id: a\n    question: q\n    answer: a\n    phrasings:\n      - 하나\n       - 둘\n", "8:8: indentation"
    ),
    "text of a list's first line without its dash": (
        "  - id: a\n    question: q\n    answer: a\n    phrasings:\n      ① 하나\n      - 둘\n", "7:7: missing-dash"
    ),
    "list below a | that is not moved in": (
        "  - id: a\n    question: q\n    answer: |\n      요금\n    - 평일 천 원\n    - 주말 무료\n",
        "7:5: text-not-moved-in",
    ),
    "entry in braces without a dash": ("  {id: a, question: q, answer: a}\n", "3:3: entry-without-dash"),
    "two dashes": ("  -- id: a\n    question: q\n    answer: a\n", "3:3: missing-dash-space"),
    "key in capitals": ("  - id: a\n    question: q\n    answer: {ko: 하나, EN: one}\n", "5:22: unknown-key"),
}  # fmt: skip
WHOLE_FILES = {
    "no topic": ("entries: []\n", "1:1: missing-key"),
    "list at the top": ("- a\n", "1:1: wrong-top"),
    "empty file": ("", "1:1: empty-file"),
    "nothing but notes": ("# later\n", "1:1: empty-file"),
    "a mapping as key": ("topic: a\nentries: []\n? {a: b}\n: c\n", "3:3: key-not-text"),
}


@pytest.mark.parametrize(("entries", "expected"), CASES.values(), ids=CASES.keys())
def test_fault_names_its_place_and_is_told_once(tmp_path: Path, entries: str, expected: str) -> None:
    assert faults_of(write_folder(tmp_path, money=HEAD + entries)) == [f"entries/money.yaml:{expected}"]


@pytest.mark.parametrize(("text", "expected"), WHOLE_FILES.values(), ids=WHOLE_FILES.keys())
def test_fault_of_a_whole_file_is_told_once(tmp_path: Path, text: str, expected: str) -> None:
    assert faults_of(write_folder(tmp_path, money=text)) == [f"entries/money.yaml:{expected}"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_words_in_both_languages(kind: str) -> None:
    for words in (words_for(kind, "ko"), words_for(kind, "en")):
        assert words.wrong.endswith((".", "?", "}"))
        assert words.advice


def test_a_fault_shows_its_line_and_a_caret(tmp_path: Path) -> None:
    _, (fault,) = read_leniently(
        write_folder(tmp_path, money=HEAD + "  - id: a\n    question： 예산?\n    answer: a\n")
    )
    assert fault.told("ko", "오류").split("\n") == [
        "entries/money.yaml:4:13: 오류: 쌍점이 전각 ‘：’입니다.",
        "     4 |     question： 예산?",
        "       |             ^",
        "    → 반각 쌍점과 빈칸을 쓰세요: question: 예산?",
    ]


def test_a_caret_stands_under_its_place_behind_hangul(tmp_path: Path) -> None:
    _, (fault,) = read_leniently(
        write_folder(tmp_path, money=HEAD + "  - {id: a, question: 예산은?, answer: '**굵게'}\n")
    )
    _, line, caret, _ = fault.told("en").split("\n")
    wide = "예산은"
    assert caret.index("^") == line.index("'**") + len(wide)


def test_a_long_line_is_cut_off_around_the_place(tmp_path: Path) -> None:
    text = HEAD + f"  - {{id: a, question: {'가 ' * 100}, answer: [b], phrasings: [{'나 ' * 100}]}}\n"
    _, (fault,) = read_leniently(write_folder(tmp_path, money=text))
    _, line, caret, _ = fault.told("en").split("\n")
    assert "answer: [b]" in line
    assert len(line) < 110
    assert caret.endswith("^")


def test_what_comes_after_a_fault_is_checked_too(tmp_path: Path) -> None:
    entries = (
        "  - id: a\n    question 하나\n    answer: a\n    see_also: [b]\n"
        '  - id: b\n    question: "둘\n    answer: b\n'
        "  - id: c\n    question: 셋\n    answer: c\n    see_also: [a, d]\n    as_of: 어제\n"
        "  - id: e\n    question: 넷\n    answer: e\n    see_also: [c]\n"
    )
    assert faults_of(write_folder(tmp_path, money=HEAD + entries)) == [
        "entries/money.yaml:4:13: missing-colon",
        "entries/money.yaml:8:15: open-quote",
        "entries/money.yaml:14:12: bad-date",
    ]


def test_a_broken_file_of_sources_is_one_fault(tmp_path: Path) -> None:
    entries = "".join(f"  - {{id: a{n}, question: q{n}, answer: a, source: paper}}\n" for n in range(40))
    folder = write_folder(tmp_path, money=HEAD + entries, sources="paper：\n  name: 신문\n")
    assert faults_of(folder) == ["sources.yaml:1:6: full-width-colon"]


def test_entries_of_a_broken_file_are_not_missed_elsewhere(tmp_path: Path) -> None:
    other = "topic: other\nentries:\n  - {id: x, question: q, answer: a, see_also: [budget]}\n"
    for broken in (HEAD + BUDGET + "  - {id: [\n", HEAD.encode("utf-16") + BUDGET.encode("utf-16-le")):
        folder = write_folder(tmp_path, other=other)
        raw = broken if isinstance(broken, bytes) else broken.encode()
        (folder / "entries/money.yaml").write_bytes(raw)
        assert not any("unknown-entry" in fault for fault in faults_of(folder))


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("rent.yml", "rent.yaml"),
        ("rent.YAML", "rent.yaml"),
        ("rent.yaml.txt", "rent.yaml"),
    ],
)
def test_a_file_with_another_ending_is_told(tmp_path: Path, name: str, right: str) -> None:
    folder = write_folder(tmp_path, money=ENTRY)
    (folder / "entries" / name).write_text("topic: rent\nentries: []\n", encoding="utf-8")
    _, (fault,) = read_leniently(folder)
    assert (fault.file, fault.kind, dict(fault.details)["near"]) == (f"entries/{name}", "wrong-name", right)


@pytest.mark.parametrize(
    "name", ["entries/pipe.yaml", "entries/pipe.yml", "about.yaml", "sources.yaml", "questions/ours/pipe.jsonl"]
)
def test_a_pipe_in_the_place_of_a_file_is_told_and_never_read(tmp_path: Path, name: str) -> None:
    folder = write_folder(tmp_path, money=ENTRY)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(folder / name)
    _, faults = read_leniently(folder)
    would_be_read = not name.endswith(".yml")
    assert [(fault.file, fault.kind) for fault in faults] == [(name, "not-a-file")] * would_be_read
    assert folder / name not in watched_in(folder), "whoever follows or digests the folder would wait for its writer"


def test_of_thousands_of_unknown_keys_only_the_first_are_told_one_by_one(tmp_path: Path) -> None:
    many = "".join(f"    k{number}: x\n" for number in range(5_000))
    faults = faults_of(write_folder(tmp_path, money=HEAD + "  - id: a\n    question: q\n    answer: a\n" + many))
    assert len(faults) == 51
    assert faults[-1].endswith("more-unknown-keys")


@pytest.mark.parametrize("name", ["._money.yaml", ".#money.yaml", ".money.yaml.swp"])
def test_files_of_other_programs_are_not_read(tmp_path: Path, name: str) -> None:
    folder = write_folder(tmp_path, money=ENTRY)
    (folder / "entries" / name).write_bytes(b"\x00\x05\x16\x07")
    assert faults_of(folder) == []


def test_a_link_of_an_editor_that_leads_nowhere_is_not_read(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, money=ENTRY)
    (folder / "entries/.#money.yaml").symlink_to("somebody@example.1234")
    assert faults_of(folder) == []


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    twice = "topic: twice\nentries:\n  - {id: budget, question: q, answer: a, color: red}\n  - {id: b, answer: a}\n"
    broken = "topic: broken\nentries: [\n"
    folder = write_folder(tmp_path, broken=broken, money=ENTRY, twice=twice, sources="paper: {title: x}\n")
    starts = [fault.split(":")[0] for fault in faults_of(folder)]
    assert starts == ["entries/broken.yaml", "entries/twice.yaml", "entries/twice.yaml", "sources.yaml"]


def test_topic_of_two_files_is_a_fault(tmp_path: Path) -> None:
    other = "topic: money\nentries: []\n"
    assert faults_of(write_folder(tmp_path, a=ENTRY, b=other)) == ["entries/b.yaml:1:8: topic-twice"]


def test_of_a_copied_file_one_fault_is_told_in_the_copy(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, **{"money": ENTRY, "money - 복사본": ENTRY})
    assert faults_of(folder) == ["entries/money - 복사본.yaml:1:8: topic-twice"]


def test_what_a_copied_entry_asks_again_is_not_told_beside_its_id(tmp_path: Path) -> None:
    files, faults = read_leniently(write_folder(tmp_path, money=HEAD + BUDGET + BUDGET))
    assert [fault.kind for fault in faults] == ["id-twice"]
    assert lint(files, date(2026, 1, 1)).errors == []


def test_a_source_whose_key_cannot_be_one_is_told_and_not_each_entry_that_misses_it(tmp_path: Path) -> None:
    entries = "".join(f"  - {{id: a{n}, question: q{n}, answer: a, source: paper}}\n" for n in range(3))
    folder = write_folder(tmp_path, money=HEAD + entries, sources="신문:\n  name: 신문\n")
    assert faults_of(folder) == ["sources.yaml:1:1: bad-id"]


@pytest.mark.parametrize(
    ("groups", "near"),
    [
        ("[전대, 전남대]", "- [전대, 전남대]"),
        ("\n  - 전대\n  - 전남대", "- [전대, 전남대]"),
        ("[[a, b], c]", "- [c, …]"),
    ],
)
def test_a_group_of_words_without_its_list_is_told_once(tmp_path: Path, groups: str, near: str) -> None:
    _, (fault,) = read_leniently(write_folder(tmp_path, money=ENTRY, vocabulary=f"synonyms: {groups}\n"))
    assert (fault.kind, dict(fault.details)["near"]) == ("text-for-list", near)


def test_files_beside_the_folder_of_topics_are_told(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, money=ENTRY)
    for name in ("rent.yaml", ".rent.yaml", "entries/rent.txt", "entries/desktop.ini", "entries/map.png"):
        (folder / name).write_text(ENTRY, encoding="utf-8")
    told = [(fault.file, fault.kind, dict(fault.details).get("near")) for fault in strays(folder)]
    assert told == [
        ("entries/map.png", "not-read", ""),
        ("entries/rent.txt", "not-read", "rent.yaml"),
        ("rent.yaml", "not-in-entries", None),
    ]


def test_files_under_questions_that_are_not_read_are_told_with_the_name_that_is(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, money=ENTRY)
    unread = ["kim/rent.yaml", "kim/rent.yml", "kim/rent.jsonl.txt", "kim/RENT.JSONL", "rent.jsonl", "kim/old/a.jsonl"]
    for name in (*unread, "kim/rent.jsonl", "kim/.rent.yaml", ".kim/rent.yaml", "kim/desktop.ini"):
        (folder / "questions" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "questions" / name).write_text('{"question": "예산은?", "entry": "budget"}\n', encoding="utf-8")
    told = {fault.file: (fault.kind, dict(fault.details)["near"]) for fault in strays(folder)}
    assert told == {
        "questions/kim/RENT.JSONL": ("question-file-not-read", "questions/kim/RENT.jsonl"),
        "questions/kim/old/a.jsonl": ("question-file-not-read", "questions/kim/a.jsonl"),
        "questions/kim/rent.jsonl.txt": ("question-file-not-read", "questions/kim/rent.jsonl"),
        "questions/kim/rent.yaml": ("question-file-not-read", "questions/kim/rent.jsonl"),
        "questions/kim/rent.yml": ("question-file-not-read", "questions/kim/rent.jsonl"),
        "questions/rent.jsonl": ("question-file-not-read", "questions/rent/rent.jsonl"),
    }


def test_missing_folder_is_named(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path / "nowhere")
    assert fault == f"{tmp_path}/nowhere/entries:1:1: no-topics"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (ENTRY.encode("cp949"), "1:1: cp949"),
        (ENTRY.encode("utf-16"), "1:1: utf-16"),
        (ENTRY.encode("utf-16-be"), "1:1: utf-16"),
        (ENTRY.encode()[:-3] + b"\xff\n", "3:56: not-utf-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "1:1: document-file"),
        (b"PK\x03\x04\x14\x00", "1:1: document-file"),
    ],
)
def test_a_file_of_another_program_is_told_for_what_it_is(tmp_path: Path, raw: bytes, expected: str) -> None:
    folder = write_folder(tmp_path, money=ENTRY)
    (folder / "entries/money.yaml").write_bytes(raw)
    assert faults_of(folder) == [f"entries/money.yaml:{expected}"]


def test_folder_in_place_of_a_file_is_a_fault(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, money=ENTRY)
    (folder / "entries/topic.yaml").mkdir()
    assert faults_of(folder) == ["entries/topic.yaml:1:1: unreadable"]


def test_sources_must_be_a_mapping(tmp_path: Path) -> None:
    assert faults_of(write_folder(tmp_path, money=ENTRY, sources="- a\n")) == ["sources.yaml:1:1: wrong-top"]


def test_sources_that_are_nowhere_are_one_fault(tmp_path: Path) -> None:
    entries = "".join(f"  - {{id: {name}, question: {name}, answer: a, source: paper}}\n" for name in "abc")
    assert faults_of(write_folder(tmp_path, money=HEAD + entries)) == ["entries/money.yaml:3:45: no-sources"]


def test_what_refers_to_an_entry_whose_id_cannot_be_one_is_not_told(tmp_path: Path) -> None:
    entries = "  - {id: a, question: q, answer: a, see_also: [b]}\n  - {id: B, question: p, answer: a}\n"
    assert faults_of(write_folder(tmp_path, money=HEAD + entries)) == ["entries/money.yaml:4:10: bad-id"]


@pytest.mark.parametrize(
    ("said", "fitting"),
    [
        ("‘이용 시간’는 이미", "‘이용 시간’은 이미"),
        ("‘주차’은 이미", "‘주차’는 이미"),
        ("‘서울’으로 적으세요", "‘서울’로 적으세요"),
        ("‘집’로 적으세요", "‘집’으로 적으세요"),
        ("‘location’를 뜻했나요?", "‘location’을 뜻했나요?"),
        ("‘guide’을 뜻했나요?", "‘guide’를 뜻했나요?"),
        ("as_of ‘2030’는 아직", "as_of ‘2030’은 아직"),
        ("‘2029’은 아직", "‘2029’는 아직"),
        ("‘|’ 아래의 글이", "‘|’ 아래의 글이"),
        ("‘topic’가 없습니다", "‘topic’이 없습니다"),
        ("파일을 열 수 없습니다(Is a directory).", "파일을 열 수 없습니다(같은 이름의 폴더입니다)."),
        ("보통 빈칸이 아닌 NO-BREAK SPACE U+00A0이", "보통 빈칸이 아닌 줄바꿈 없는 빈칸 U+00A0이"),
    ],
)
def test_particles_fit_what_stands_before_them(said: str, fitting: str) -> None:
    assert in_korean(said) == fitting


def test_a_cell_of_a_workbook_is_named_as_excel_names_it() -> None:
    fault = Fault("지식.xlsx[visit]", 7, 28, "sheet-error", details(text="#REF!"))
    assert fault.told("ko").startswith("지식.xlsx[visit] AB7: 칸에 오류 값이 있습니다(#REF!).")


CLEAN = """\
topic: parking
entries:
  - id: fee
    question: 얼마예요?
    phrasings:
      - 주차비
      - 요금
    answer: |
      한 시간에 천 원입니다.
      밤에는 받지 않습니다.
    as_of: 2026
  - id: hours
    question: 몇 시까지예요?
    phrasings: [닫는 시간, 마감]
    answer: 열 시까지입니다.
"""


@pytest.mark.parametrize(
    ("line", "becomes", "expected"),
    [
        ("    answer: |", "@    answer: |", "8:1: stray-sign"),
        ("      - 요금", "  !    - 요금", "7:3: stray-sign"),
        ("      - 주차비", "       - 주차비", "6:8: indentation"),
        ("      - 요금", "- 요금", "7:1: indentation"),
        ("    answer: 열 시까지입니다.", "    answer: 열 시까지입니다.\n   비고: 밤", "16:4: strange-line"),
        ("entries:", "# entries", "3:3: missing-key"),
        ("entries:", "entries: 둘", "2:10: text-before-list"),
        ("  - id: hours", "# hours", "13:5: entry-without-id"),
        ("      - 주차비", "      -* 주차비", "6:7: missing-dash-space"),
        ("      - 주차비", "        - 주차비", "6:9: indentation"),
    ],
)
def test_what_follows_from_a_slip_is_not_told(tmp_path: Path, line: str, becomes: str, expected: str) -> None:
    assert line in CLEAN.split("\n")
    text = CLEAN.replace(f"{line}\n", f"{becomes}\n", 1)
    assert faults_of(write_folder(tmp_path, money=text)) == [f"entries/money.yaml:{expected}"]


def test_of_a_line_of_millions_of_letters_only_those_around_the_place_are_read() -> None:
    line = "#" * 10_000_000
    fault = Fault("entries/a.yaml", 1, len(line) + 1, "cut-off", text=line)
    assert "\n     1 | …####" in fault.told("ko")
    assert processor_units(lambda: fault.told("ko")) < 2  # letter by letter it takes 50
