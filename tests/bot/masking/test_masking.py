"""Personal numbers are masked in every way people write them; the city's facts are left as they are."""

import random
import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.masking import mask, mask_beginning

_FOLDER = Path(__file__).parent
_LABELS = "주민번호|전화번호|카드번호|계좌번호|식별번호|이메일|여권번호|면허번호|차량번호|주소"
_FILLERS = "[*\N{LOCK}]"
_PLACEHOLDER = re.compile(rf"\[(?:{_LABELS}){_FILLERS}*\]|{_FILLERS}+")


def _lines(file: str) -> list[str]:
    lines = (_FOLDER / file).read_text(encoding="utf-8").splitlines()
    return [_ESCAPED.sub(_meant, line) for line in lines if line and not line.startswith("#")]


_ESCAPED = re.compile(r"\\(?:n|u([0-9a-f]{4}))")


def _meant(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16)) if escaped[1] else "\n"


_PERSONAL = _lines("personal.txt")
_PUBLIC = _lines("public.txt")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_there_are_enough_cases() -> None:
    assert len(_PERSONAL) >= 300
    assert len(_PUBLIC) >= 300


@pytest.mark.parametrize("case", _PERSONAL)
def test_what_is_somebodys_is_masked_and_nothing_else(case: str) -> None:
    """In a case, ⟦⟧ are around what is to be masked."""
    masked, place = mask(re.sub("[⟦⟧]", "", case)), 0
    for part in re.split("(⟦[^⟧]*⟧)", case):
        written = part.strip("⟦⟧")
        seen = masked[place : place + len(written)]
        if part.startswith("⟦"):
            assert not re.search(r"\w", _PLACEHOLDER.sub("", seen)), masked
        else:
            assert seen == written, masked
        place += len(written)


@pytest.mark.parametrize("text", _PUBLIC)
def test_what_is_nobodys_stays_whatever_is_around_it(text: str) -> None:
    for written in (text, f"{text}은 무엇인가요?", f"광주시 {text}", f"사업은 {text}, 그다음은?"):
        assert mask(written) == written


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("성명: 정해진\n주소: 광주광역시 광산구 수완동 1423-7 번지 201호\n음식물", "[주소*"),
        ("성명: 김영수\n주소: 광주광역시 북구 용봉로 77, 201호", "[주소*"),
        ("안내문\n주소: 북구 우치로 77", "안내문\n주소: 북구 우치로 77"),
        ("문의드립니다\n북구 우치로 77 어디인가요", "문의드립니다\n북구 우치로 77 어디인가요"),
    ],
)
def test_a_name_on_the_line_before_counts_where_it_is_called_one(text: str, masked: str) -> None:
    assert mask(text).startswith(masked)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("900101-1234567", "주민번호"),
        ("농협 3511234123412", "계좌번호"),
        ("110-123-456789", "계좌번호"),
        ("010-1234-5678", "전화번호"),
        ("4795 4518 3358 1566", "카드번호"),
        ("11-12-123456-12", "면허번호"),
        ("여권번호 m12345678", "여권번호"),
        ("12가 3456", "차량번호"),
        ("hong@naver.com", "이메일"),
        ("홍길동 광주 서구 내방로 111", "주소"),
    ],
)
def test_placeholder_says_what_it_stands_for(text: str, label: str) -> None:
    assert f"[{label}" in mask(text)


# Numbers of each kind, drawn; scripts, separators and what is around them are drawn apart.

_DIGITS = st.text("0123456789", min_size=12, max_size=12)
_SCRIPTS = st.sampled_from(
    ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "๐๑๒๓๔๕๖๗๘๙", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "⓪①②③④⑤⑥⑦⑧⑨"]
)
_MARKS = st.sampled_from(["-", " ", "    ", ".", "/", "_", ",", "*", ":", "=", "~", "·", "—", " - ", "ㅡ", "…", "|"])
_ANYTHING = _MARKS | st.sampled_from(["", "에", "다시", " 다시 "])
_AROUND = st.sampled_from(
    [
        "{}",
        "제 번호는 {}이에요",
        "{} 로 신청했는데 언제 되나요?",
        "({})",
        "AI 교육에 {} 로 등록했어요",
        "문의드립니다\n{}\n감사합니다",
        "my number: {}, thanks",
        "{} 원장님께 드렸어요",
        "{}, 그리고 예산은 얼마인가요?",
    ]
)
_BIRTHDAYS = st.dates(date(1950, 1, 1), date(1999, 12, 31)).map(lambda day: f"{day:%y%m%d}")


@st.composite
def _numbers(draw: st.DrawFn) -> str:
    digits = draw(_DIGITS)
    kind = draw(st.sampled_from(["resident", "mobile", "card", "account", "licence"]))
    if kind == "resident":
        return draw(_ANYTHING).join([draw(_BIRTHDAYS), draw(st.sampled_from("1234")) + digits[:6]])
    if kind == "mobile":
        return draw(_ANYTHING).join(["010", draw(st.sampled_from("23456789")) + digits[:3], digits[3:7]])
    if kind == "card":
        return draw(_MARKS).join(
            [draw(st.sampled_from("34569")) + "511", "8" + digits[:3], "7" + digits[3:6], "6" + digits[6:9]]
        )
    if kind == "account":
        word = draw(st.sampled_from(["계좌 ", "농협 ", "통장은 ", "입금: "]))
        return word + draw(st.sampled_from(["-", " ", ".", "_", "/", ""])).join(["110", digits[:3], "7" + digits[3:8]])
    return draw(st.sampled_from(["-", " ", ".", " - "])).join(
        [str(11 + int(digits[0])), digits[1:3], digits[3:9], digits[9:11]]
    )


@given(_numbers(), _SCRIPTS, _AROUND)
def test_number_is_masked_in_any_script_with_any_separators(number: str, script: str, around: str) -> None:
    written = around.format(number.translate(str.maketrans("0123456789", script)))
    assert not any(character.isdigit() for character in mask(written)), mask(written)


@given(_numbers(), st.sampled_from(["\u200b", "\u2060", "\ufe0f\u20e3", "\u0332", "\u202e"]), _AROUND)
def test_what_nobody_sees_hides_no_number(number: str, unseen: str, around: str) -> None:
    written = around.format(re.sub("[0-9]", lambda digit: digit[0] + unseen, number))
    assert not any(character.isdigit() for character in mask(written)), mask(written)


@st.composite
def _facts(draw: st.DrawFn) -> str:
    """What the city's articles and their readers write in digits."""
    day = draw(st.dates(date(1990, 1, 1), date(2049, 12, 31)))
    amount, mark = draw(st.integers(1, 999_999)), draw(st.sampled_from("-./"))
    return draw(
        st.sampled_from(
            [
                f"{day.year}년 {day.month}월 {day.day}일",
                f"{day:%Y{mark}%m{mark}%d}",
                f"{day:%Y.%m.%d} 09:00~18:00",
                f"{day.year}-{day.year + 4}",
                f"{amount}억원",
                f"{amount:,}억 {amount % 10_000}만 원",
                f"{amount * 1000:,}원",
                f"{amount}000000원",
                f"{amount:,}㎡",
                f"{amount / 100:.2f}%",
                f"{amount % 1000}명 중 {amount % 97}명",
                f"제{day.year}-{amount}호",
                f"입찰 {day:%Y%m%d}{amount % 1000:03}-00",
                f"우편번호 6{amount % 10_000:04}",
                f"https://www.gwangju.go.kr/view.do?id={amount}{amount:010}",
            ]
        )
    )


@given(_facts(), st.sampled_from(["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩"]), _AROUND)
def test_facts_stay_in_any_script(fact: str, script: str, around: str) -> None:
    written = around.format(fact.translate(str.maketrans("0123456789", script)))
    assert mask(written) == written


def test_placeholder_keeps_offsets_of_wide_digits_right() -> None:
    text = "번호 𝟎𝟏𝟎-𝟏𝟐𝟑𝟒-𝟓𝟔𝟕𝟖 끝"
    masked = mask(text)
    assert "𝟓" not in masked
    assert (len(masked), _units(masked)) == (len(text), _units(text))


def test_each_of_several_numbers_is_masked() -> None:
    masked = mask("010-1234-5678 또는 hong@naver.com, 계좌 110-123-456789")
    assert masked == "[전화번호*******] 또는 [이메일*********], 계좌 [계좌번호********]"


def test_birth_date_of_a_half_hidden_number_is_masked() -> None:
    assert mask("900101-1******") == "[주민번호**]******"


_PIECES = st.sampled_from(
    [
        *(re.sub("[⟦⟧]", "", case) for case in _PERSONAL),
        *_PUBLIC,
        *"0129-. @공일이에(\n𝟎",
        "계좌",
        "전화 ",
        " at ",
        "[이메일]",
    ]
)


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=12).map("".join), st.text("0123456789-. 공일a@\N{LOCK}*[")))
def test_masking_keeps_length_and_is_idempotent(text: str) -> None:
    masked = mask(text)
    assert (len(masked), _units(masked)) == (len(text), _units(text))
    assert mask(masked) == masked


@pytest.mark.parametrize("piece", ["공일공에 일이삼사에 5678", "O1O-1234-5678", "010-1234-5678", "900101-1234567"])
def test_row_of_numbers_is_masked_at_once(piece: str) -> None:
    masked = mask(piece * 100)
    assert mask(masked) == masked


_HOSTILE = [
    "0",
    "1 ",
    "010-",
    "a.",
    "a@",
    "a@a.",
    "공일",
    "공 일 공 ",
    "계좌",
    "계좌 1 2 ",
    "1234-",
    "가",
    "골뱅이",
    "전화",
]
_HOSTILE += [
    "01012345678 ",
    "9001011234567-",
    "12-34-567890-",
    "공일공에에에",
    "-",
    " ",
    "@",
    "1234 5678 9012 345-",
    "[이메일",
    "0 ",
    "12 ",
    "+1 ",
    "http://",
    "광주 북구 첨단로 1",
    "김길동 광주 북구 첨단로 12 ",
    "12가",
    "M 1 ",
    "zero ",
    "계좌 1-1-1-",
    "010ㅋ",
    "010 a 1234 a ",
    "하나 ",
    "일천이백",
    "a#naver.",
    "네이버 아이디 a",
    "&nbsp;<br>1",
    "a(a)b.",
    "광주 북구 가로 1, 2층 ",
    "+1 (415) 989-9594",
]


@pytest.mark.parametrize("piece", _HOSTILE)
def test_time_grows_with_length_only(piece: str) -> None:
    short, long = (piece * 1_000)[:1_000], (piece * 8_000)[:8_000]
    least = min(_seconds(short) for _ in range(3))
    assert any(_seconds(long) < 4 * 8 * least for _ in range(2))


def test_time_for_a_text_of_everything_grows_with_length_only() -> None:
    draw = random.Random(1)  # noqa: S311
    text = "".join(draw.choices("0123456789-. 공일이@a", k=20_000))
    short = min(_seconds(text[:2_000]) for _ in range(3))
    assert any(_seconds(text) < 40 * short for _ in range(2))


def _seconds(text: str) -> float:
    start = time.process_time()
    mask(text)
    return time.process_time() - start


def test_beginning_of_a_long_text_is_masked_whole() -> None:
    text = "가" * 996 + "010-1234-5678" + "나" * 100_000
    assert mask_beginning(text, 1000) == "가" * 996 + "[전화번"
    assert mask_beginning("짧은 글", 1000) == "짧은 글"
