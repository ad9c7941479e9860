"""What the assistant says about itself is read as strictly as everything else."""

from pathlib import Path

import pytest

from knowledge.base import About, Bilingual, Contact
from knowledge.loading.loader import load_knowledge
from tests.knowledge.loading.knowledge_folder import ENTRY, faults_of, write_folder

FULL = """
name: {ko: 도서관 안내, en: Library assistant}
greeting: 안녕하세요, **도서관** 안내입니다.
samples: [몇 시에 열어요?, {ko: 회원증은요?, en: How do I join?}]
scope: {ko: 이용 시간과 회원증, en: opening hours and membership}
basis: {ko: 2026년 이용 안내, en: guide of 2026}
places: [{ko: 북구, en: Buk-gu}, {ko: 광주 북구, en: Buk-gu}]
languages: [ko]
contact:
  office: {ko: 자료실, en: Reading room}
  telephone: 062-000-0000
  hours: 평일 9시부터 18시까지
  page: https://library.example/
"""


def _written(folder: Path, about: str) -> Path:
    (write_folder(folder, money=ENTRY) / "about.yaml").write_text(about, encoding="utf-8")
    return folder


def test_every_key_is_read(tmp_path: Path) -> None:
    assert load_knowledge(_written(tmp_path, FULL)).about == About(
        name=Bilingual("도서관 안내", "Library assistant"),
        greeting=Bilingual("안녕하세요, **도서관** 안내입니다."),
        samples=(Bilingual("몇 시에 열어요?"), Bilingual("회원증은요?", "How do I join?")),
        scope=Bilingual("이용 시간과 회원증", "opening hours and membership"),
        basis=Bilingual("2026년 이용 안내", "guide of 2026"),
        places=(Bilingual("북구", "Buk-gu"), Bilingual("광주 북구", "Buk-gu")),
        languages=("ko",),
        contact=Contact(
            Bilingual("자료실", "Reading room"),
            "062-000-0000",
            Bilingual("평일 9시부터 18시까지"),
            "https://library.example/",
        ),
    )


def test_a_folder_without_it_has_neutral_defaults(tmp_path: Path) -> None:
    about = load_knowledge(write_folder(tmp_path, money=ENTRY)).about
    assert about == About()
    assert about.languages == ("ko", "en")


def test_the_names_of_the_place_are_those_in_every_language(tmp_path: Path) -> None:
    assert load_knowledge(_written(tmp_path, FULL)).about.place_names == ("북구", "Buk-gu", "광주 북구")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nmae: 안내\n", "1:1: unknown-key"),
        ("name: 안내\nname: 안내\n", "2:1: key-twice"),
        ("name: [안내]\n", "1:7: list-for-text"),
        ("samples: 예산?\n", "1:10: text-for-list"),
        ("samples: [a, b, c, d, e, f, g]\n", "1:10: too-many"),
        ("languages: [ko, de]\n", "1:17: bad-choice"),
        ("languages: []\n", "1:12: too-few"),
        ("contact: {telephone: 시청}\n", "1:22: bad-telephone"),
        ("contact: {page: library.example}\n", "1:17: bad-page"),
        ("contact: {phone: 062}\n", "1:11: unknown-key"),
        ("greeting: '**안녕'\n", "1:11: open-bold"),
        ("- a\n", "1:1: wrong-top"),
        ("name: [\n", "1:7: open-bracket"),
    ],
)
def test_faults_name_their_place(tmp_path: Path, text: str, expected: str) -> None:
    assert faults_of(_written(tmp_path, text)) == [f"about.yaml:{expected}"]


def test_a_gap_may_give_its_subject_alone(tmp_path: Path) -> None:
    gap = "{id: fee, question: 요금?, known_gap: true, subject: {ko: 주차 요금, en: parking fees}}"
    text = f"topic: t\nentries:\n  - {gap}\n"
    entry = load_knowledge(write_folder(tmp_path, t=text)).entries["fee"]
    assert (entry.subject, entry.answer) == (Bilingual("주차 요금", "parking fees"), Bilingual(""))


def test_a_subject_belongs_to_a_gap(tmp_path: Path) -> None:
    text = "topic: t\nentries:\n  - {id: fee, question: 요금?, answer: 무료, subject: 요금}\n"
    assert faults_of(write_folder(tmp_path, t=text)) == ["entries/t.yaml:3:51: subject-without-gap"]
