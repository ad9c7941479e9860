"""What is added reads back letter by letter, and nothing else of the file changes."""

import json
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase, Language
from knowledge.loading.loader import load_knowledge
from knowledge.writing.additions import Additions, MorePhrasings, NewEntry, RegressionQuestion
from knowledge.writing.changes import changes

TRAPS = [
    *("no", "yes", "on", "null", "~", "true", "062", "0o17", "0x1F", "22:00", "1e3", "1_000"),
    *("2026-11-22", "2026-99-99", ".inf", "=", "<<", "-", "- 목록", "? 물음", "# 주석", "글 # 주석"),
    *("AI: 무엇인가요?", "끝:", "키: 값", "[목록]", "{키: 값}", "&닻", "*별", "!꼬리표", "%지시", "@골뱅이"),
    *("`억음`", "|", ">", "---", "...", "'하나'", '"둘"', "it's", '\\n "\\"', "쉼표, 둘", "a]b", "a}b"),
    *("탭\t속", "😀 이모지", "👩\u200d👧 가족", "\u202e거꾸로", "\ufeff표시", "줄\u2028나눔", "새\x85줄", "\x07종"),
]  # fmt: skip
ANSWERS = [
    *TRAPS,
    "첫 줄\n둘째 줄",
    "첫 줄\n\n셋째 줄\n- 목록\n- 둘: 셋",
    "# 제목\n본문",
    "빈칸 끝 \n둘째",
    "첫 줄\n  들여 쓴 줄",
    "줄\n\ttab",
    "가" * 3500,
    "긴 줄 " * 300 + "끝",
]

BLOCK = """# 머리말
topic: cluster   # 주제
title: {ko: 집적단지, en: "The cluster"}
entries:
  - id: budget
    question:
      ko: '예산이 얼마예요?'   # 따옴표는 그대로
      en: How much?
    phrasings:
      ko:
        - 돈이 얼마나   # 주석
        - "사업비: 얼마"
      # 여기에도 주석
      en:
        - budget
    answer:
      ko: |
        4116억원입니다.
        - 둘째 줄

    as_of: 2020

  - id: place
    question: 어디예요?
    answer: >
      접은 글이
      이어집니다.

# 끝 주석
"""
FLOW = '{topic: cluster, entries: [{id: budget, question: 예산이 얼마예요?, answer: 네}, {id: place, question: 어디예요?, phrasings: [위치, "장소",], answer: 네}]}\n'  # noqa: E501  # one line on purpose
INDENTLESS = """topic: cluster
entries:
- id: budget
  question: 예산이 얼마예요?
  phrasings:
  - 사업비
  - |
    여러
    줄
  answer: 네
- {id: place, question: 어디예요?, phrasings: {ko: [위치], en: []}, answer: 네}
"""
EMPTY = "topic: cluster\nentries: []   # 아직 없음\n"
UNUSUAL = "\ufefftopic: cluster\r\nentries:\r\n    -   id: budget\r\n        question: 예산?\r\n        answer: 네\r\n    -   id: place\r\n        question: 어디?\r\n        answer: 네"  # noqa: E501  # odd on purpose
FILES = {"block": BLOCK, "flow": FLOW, "indentless": INDENTLESS, "unusual": UNUSUAL}


def _folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries/cluster.yaml").write_bytes(text.encode())
    return tmp_path


def _with(folder: Path, additions: Additions) -> tuple[KnowledgeBase, str]:
    """The knowledge base with the additions, and the topic's file."""
    for change in changes(folder, additions):
        (folder / change.file).parent.mkdir(parents=True, exist_ok=True)
        (folder / change.file).write_bytes(change.after)
    return load_knowledge(folder), (folder / "entries/cluster.yaml").read_bytes().decode()


def _entry(question: str = "셔틀 있나요?", answer: str = "있습니다.", phrasings: tuple[str, ...] = ()) -> NewEntry:
    return NewEntry("shuttle", "cluster", {"ko": question}, {"ko": answer}, {"ko": phrasings}, "staff", "2026-11-22")


def _is_only_added_to(before: str, after: str) -> bool:
    """Whether nothing of the text before is gone: what is left of it after stands in the same order."""
    rest = iter(after)
    return all(character in rest for character in before)


@pytest.mark.parametrize("name", FILES)
def test_new_entry_comes_last_and_leaves_the_others_alone(tmp_path: Path, name: str) -> None:
    folder = _folder(tmp_path, FILES[name])
    before = load_knowledge(folder).entries
    knowledge, text = _with(folder, Additions((_entry(phrasings=("셔틀 언제?", "버스 와요?")),)))
    assert list(knowledge.entries) == ["budget", "place", "shuttle"]
    assert {entry_id: knowledge.entries[entry_id] for entry_id in before} == before
    added = knowledge.entries["shuttle"]
    assert added.phrasings["ko"] == ("셔틀 언제?", "버스 와요?")
    assert added.source
    assert (added.answer.ko, added.as_of, added.source.key) == ("있습니다.", "2026-11-22", "staff")
    assert _is_only_added_to(FILES[name], text)


def test_block_file_is_only_longer(tmp_path: Path) -> None:
    _, text = _with(_folder(tmp_path, BLOCK), Additions((_entry(),)))
    head, tail = BLOCK.split("\n# 끝 주석")
    assert text.startswith(head)
    assert text.endswith("\n# 끝 주석" + tail)
    assert text.removeprefix(head).removesuffix("\n# 끝 주석" + tail).splitlines() == [
        "",
        "  - id: shuttle",
        "    question:",
        "      ko: 셔틀 있나요?",
        "    answer:",
        "      ko: |",
        "        있습니다.",
        "    source: staff",
        "    as_of: 2026-11-22",
    ]


def test_line_ends_and_byte_order_mark_stay(tmp_path: Path) -> None:
    _, text = _with(_folder(tmp_path, UNUSUAL), Additions((_entry(),)))
    assert text.startswith(UNUSUAL)
    assert text.count("\n") == text.count("\r\n")


def test_first_entry_of_an_empty_file(tmp_path: Path) -> None:
    knowledge, text = _with(_folder(tmp_path, EMPTY), Additions((_entry(),)))
    assert list(knowledge.entries) == ["shuttle"]
    assert text.startswith("topic: cluster\nentries:   # 아직 없음\n  - id: shuttle\n")
    (tmp_path / "other").mkdir()
    folder = _folder(tmp_path / "other", "{topic: cluster, entries: []}")
    assert list(_with(folder, Additions((_entry(),)))[0].entries) == ["shuttle"]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("entry_id", ["budget", "place"])
@pytest.mark.parametrize("name", FILES)
def test_phrasings_come_after_those_there_are(tmp_path: Path, name: str, entry_id: str, language: Language) -> None:
    folder = _folder(tmp_path, FILES[name])
    before = load_knowledge(folder).entries
    more = MorePhrasings(entry_id, {language: ("새 표현: 하나", "no")})
    knowledge, text = _with(folder, Additions(phrasings=(more,)))
    ways = (*before[entry_id].phrasings[language], "새 표현: 하나", "no")
    assert knowledge.entries[entry_id].phrasings[language] == ways
    other: Language = "en" if language == "ko" else "ko"
    assert knowledge.entries[entry_id].phrasings[other] == before[entry_id].phrasings[other]
    assert knowledge.entries[entry_id].answer == before[entry_id].answer
    assert list(knowledge.entries) == list(before)
    assert _is_only_added_to(FILES[name], text)


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("name", FILES)
def test_question_and_phrasing_read_back_letter_by_letter(tmp_path: Path, name: str, trap: str) -> None:
    folder = _folder(tmp_path, FILES[name])
    more = MorePhrasings("place", {"ko": (f"{trap} 더",)})
    knowledge, _ = _with(folder, Additions((_entry(trap, "네", (f"표현 {trap}", trap * 2)),), (more,)))
    assert knowledge.entries["shuttle"].question.ko == trap
    assert knowledge.entries["shuttle"].phrasings["ko"] == (f"표현 {trap}", trap * 2)
    assert knowledge.entries["place"].phrasings["ko"][-1] == f"{trap} 더"


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("name", FILES)
def test_answer_reads_back_letter_by_letter(tmp_path: Path, name: str, answer: str) -> None:
    knowledge, _ = _with(_folder(tmp_path, FILES[name]), Additions((_entry(answer=answer),)))
    assert knowledge.entries["shuttle"].answer.ko == answer


def test_everything_at_once_in_two_languages(tmp_path: Path) -> None:
    one = NewEntry("one", "cluster", {"en": "One?", "ko": "하나?"}, {"ko": "네", "en": "Yes."}, {"en": ("1?",)})
    more = MorePhrasings("one", {"ko": ("일?",), "en": ("uno?",)})
    knowledge, text = _with(_folder(tmp_path, BLOCK), Additions((one, _entry()), (more,)))
    assert knowledge.entries["one"].question.en == "One?"
    assert knowledge.entries["one"].phrasings == {"ko": ("일?",), "en": ("1?", "uno?")}
    assert text.index("ko: 하나?") < text.index("en: One?")


def test_english_comes_beside_korean_between_braces(tmp_path: Path) -> None:
    text = "topic: cluster\nentries:\n  - {id: place, question: 어디?, phrasings: {ko: [위치]}, answer: 네}\n"
    knowledge, written = _with(
        _folder(tmp_path, text), Additions(phrasings=(MorePhrasings("place", {"en": ("where",)}),))
    )
    assert knowledge.entries["place"].phrasings == {"ko": ("위치",), "en": ("where",)}
    assert 'phrasings: {ko: [위치], en: ["where"]}' in written


def test_phrasings_between_empty_braces(tmp_path: Path) -> None:
    text = "topic: cluster\nentries:\n  - id: place\n    question: 어디?\n    phrasings: {}\n    answer: 네\n"
    knowledge, _ = _with(_folder(tmp_path, text), Additions(phrasings=(MorePhrasings("place", {"ko": ("위치",)}),)))
    assert knowledge.entries["place"].phrasings["ko"] == ("위치",)


@pytest.mark.parametrize("sources", ["", "# 출처\n", "{}", "{paper: {name: 신문}}\n", "paper:\n  name: 신문\n# 끝"])
def test_source_is_added_once_however_the_file_is_written(tmp_path: Path, sources: str) -> None:
    folder = _folder(tmp_path, BLOCK)
    (folder / "sources.yaml").write_text(sources, encoding="utf-8")
    if sources.strip().startswith("#") or not sources:
        (folder / "sources.yaml").unlink()
    _with(folder, Additions((_entry(),)))
    before = (folder / "sources.yaml").read_text(encoding="utf-8")
    other = NewEntry("other", "cluster", {"ko": "다른 것?"}, {"ko": "네"}, source="staff")
    knowledge, _ = _with(folder, Additions((other,)))
    assert (folder / "sources.yaml").read_text(encoding="utf-8") == before
    source = knowledge.entries["other"].source
    assert source
    assert source.name.ko == "담당자 답변"


def test_topic_of_staff_has_one_file(tmp_path: Path) -> None:
    folder = _folder(tmp_path, BLOCK)
    (folder / "entries/staff.yaml").write_text("topic: people\nentries: []\n", encoding="utf-8")
    for number in ("one", "two"):
        entry = NewEntry(number, "no-such-topic", {"ko": f"{number}?"}, {"ko": "네"})
        knowledge, _ = _with(folder, Additions((entry,)))
    assert [entry.id for topic in knowledge.topics if topic.id == "staff" for entry in topic.entries] == ["one", "two"]
    assert sorted(path.name for path in (folder / "entries").iterdir()) == [
        "cluster.yaml",
        "staff-2.yaml",
        "staff.yaml",
    ]


def test_regression_question_is_added_once(tmp_path: Path) -> None:
    folder = _folder(tmp_path, BLOCK)
    file = folder / "questions/staff/staff.jsonl"
    file.parent.mkdir(parents=True)
    file.write_text('{"id": "staff-1", "question": "가", "entry": ["budget"]}', encoding="utf-8")
    lines = tuple(RegressionQuestion(f"staff-{number}", "나", "budget") for number in (1, 2, 2))
    _with(folder, Additions(regression=lines[:2]))
    _with(folder, Additions(regression=lines[2:]))
    assert [json.loads(line)["id"] for line in file.read_text(encoding="utf-8").splitlines()] == ["staff-1", "staff-2"]


def test_entry_that_is_not_there_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        changes(_folder(tmp_path, BLOCK), Additions(phrasings=(MorePhrasings("nowhere", {"ko": ("가",)}),)))
