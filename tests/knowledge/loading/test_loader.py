"""A knowledge folder becomes a knowledge base; editors may write the short forms."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from knowledge.base import Bilingual
from knowledge.loading.loader import load_knowledge, read_knowledge, read_leniently
from tests.knowledge.loading.knowledge_folder import ENTRY, write_folder
from tests.processor import processor_units

FULL = """
    topic: investment
    title: {ko: 투자와 예산, en: Investment}
    entries:
      - id: cluster-budget
        question: {ko: 예산이 얼마나 들어가나요?, en: How much is invested?}
        phrasings:
          ko: [돈이 얼마나 드나요, 사업비]
          en: [budget]
        answer: {ko: 4116억원입니다., en: 411.6 billion won.}
        source: gwangju-ilbo
        as_of: 2020
        review_by: 2024-12-31
        see_also: [gap-rent]
      - id: gap-rent
        question: 임대료는요?
        answer: 알려진 것이 없습니다.
        known_gap: true
"""
SOURCES = "gwangju-ilbo:\n  name: {ko: 광주일보 기사, en: Gwangju Ilbo}\n"


def test_every_key_of_an_entry_is_read(tmp_path: Path) -> None:
    knowledge = load_knowledge(write_folder(tmp_path, sources=SOURCES, investment=FULL))
    entry = knowledge.entries["cluster-budget"]
    assert entry.topic_id == "investment"
    assert entry.question == Bilingual("예산이 얼마나 들어가나요?", "How much is invested?")
    assert entry.phrasings == {"ko": ("돈이 얼마나 드나요", "사업비"), "en": ("budget",)}
    assert entry.source
    assert entry.source.name.en == "Gwangju Ilbo"
    assert (entry.as_of, entry.review_by, entry.see_also) == ("2020", date(2024, 12, 31), ("gap-rent",))
    assert knowledge.entries["gap-rent"].known_gap


def test_plain_strings_stand_for_korean_alone(tmp_path: Path) -> None:
    text = """
        topic: money
        title: 돈
        entries:
          - id: budget
            question: 예산이 얼마예요?
            phrasings: [사업비, 돈이 얼마나]
            answer: 4116억원입니다.
    """
    knowledge = load_knowledge(write_folder(tmp_path, money=text))
    entry = knowledge.entries["budget"]
    assert knowledge.topics[0].title == Bilingual("돈")
    assert (entry.question, entry.answer) == (Bilingual("예산이 얼마예요?"), Bilingual("4116억원입니다."))
    assert entry.phrasings == {"ko": ("사업비", "돈이 얼마나"), "en": ()}


def test_scalars_stay_the_text_that_was_written(tmp_path: Path) -> None:
    text = """
        topic: scalars
        entries:
          - id: "062"
            question: no
            phrasings: [062, 22:00, 08:30, off, 2026-01-02, 1_000, ~, "null", 0x1F, 1e3]
            answer: 1:30
    """
    entry = load_knowledge(write_folder(tmp_path, scalars=text)).entries["062"]
    assert entry.phrasings["ko"] == (
        "062", "22:00", "08:30", "off", "2026-01-02", "1_000", "~", "null", "0x1F", "1e3",
    )  # fmt: skip
    assert (entry.question.ko, entry.answer.ko) == ("no", "1:30")


def test_a_folder_with_nothing_but_entries_is_enough(tmp_path: Path) -> None:
    assert list(load_knowledge(write_folder(tmp_path, money=ENTRY)).entries) == ["budget"]


def test_only_yaml_files_of_entries_are_read(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, money=ENTRY)
    for stray in ("entries/notes.txt", "entries/draft.yaml.bak", "other.yaml", "entries/deeper/more.yaml"):
        (folder / stray).parent.mkdir(exist_ok=True)
        (folder / stray).write_text("[broken", encoding="utf-8")
    assert len(load_knowledge(folder).topics) == 1


def test_vocabulary_is_read(tmp_path: Path) -> None:
    vocabulary = "synonyms: [[인공지능, AI]]\nelsewhere: [[부산]]\n"
    words = load_knowledge(write_folder(tmp_path, vocabulary=vocabulary, money=ENTRY)).vocabulary
    assert (words.synonyms, words.elsewhere) == ((("인공지능", "AI"),), ("부산",))


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, money="")
    (folder / "entries/money.yaml").write_bytes(b"\xef\xbb\xbf" + ENTRY.replace("\n", "\r\n").encode())
    assert list(load_knowledge(folder).entries) == ["budget"]


def test_files_come_in_the_order_of_their_topics(tmp_path: Path) -> None:
    other = "topic: area\nentries:\n  - {id: area, question: 넓이는?, answer: 4만6200㎡}\n"
    read = read_knowledge(write_folder(tmp_path, money=ENTRY, area=other))
    assert [file.name for file in read.files] == ["entries/area.yaml", "entries/money.yaml"]
    assert [topic.id for topic in read.knowledge.topics] == ["area", "money"]


def test_time_to_load_grows_with_the_number_of_entries_only(tmp_path: Path) -> None:
    few, many = _topics(tmp_path / "few", 2), _topics(tmp_path / "many", 8)
    assert len(load_knowledge(many).entries) == 800
    assert processor_units(lambda: load_knowledge(many)) < 4 * 3 * processor_units(lambda: load_knowledge(few))


def _topics(folder: Path, count: int) -> Path:
    for number in range(count):
        entries = "".join(
            f"  - id: e{number}-{index}\n    question: 질문 {number} {index} 얼마예요?\n    answer: 답 {index}\n"
            f"    phrasings: [첫째 말 {number} {index}, 둘째 말 {number} {index}, 셋째 말 {number} {index}]\n"
            for index in range(100)
        )
        write_folder(folder, **{f"topic{number}": f"topic: t{number}\nentries:\n{entries}"})
    return folder


def test_who_answers_for_a_topic_answers_for_its_entries_that_name_nobody(tmp_path: Path) -> None:
    owned = ENTRY.replace("entries:", "owner: 예산과\nentries:")
    other = "  - {id: other, question: 누구?, answer: 답, owner: 시설과 김주무관}\n"
    entries = load_knowledge(write_folder(tmp_path, money=owned + other)).entries
    assert {entry.id: entry.owner for entry in entries.values()} == {"budget": "예산과", "other": "시설과 김주무관"}


def test_the_files_of_topics_can_be_counted_while_they_are_read(tmp_path: Path) -> None:
    folder, counted = write_folder(tmp_path, money=ENTRY, more="topic: more\nentries: []\n"), list[str]()

    def count(files: Iterable[Path]) -> Iterator[Path]:
        for file in files:
            counted.append(file.name)
            yield file

    assert read_leniently(folder, count)[1] == []
    assert counted == ["money.yaml", "more.yaml"]
