"""The kinds of numbers that are somebody's, told by check digit, date, prefix, grouping, and the words around them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product

from bot.masking.plain_copy import Window
from bot.masking.surroundings import (
    ACCOUNT_NEAR,
    CARD_WORD,
    CARD_WORD_AFTER,
    DATE,
    DOCUMENT,
    LICENCE_NEAR,
    LICENCE_WORD,
    LICENCE_WORD_AFTER,
    NOT_A_PHONE_WORD,
    PHONE_NEAR,
    PHONE_WORD,
    PUBLIC_PHONE,
    RESIDENT_WORD,
    SUM,
    has_account_word,
    has_phone_word,
    is_attached_to_letters,
    is_of_a_document,
    is_private,
    is_sum,
    is_year,
)

RESIDENT, LICENCE, CARD = "주민번호", "면허번호", "카드번호"
PHONE, ACCOUNT, LONG = "전화번호", "계좌번호", "식별번호"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of personal number that is written in digits."""

    label: str
    shape: re.Pattern[str]
    """Of all its digits, without what is between them."""
    lengths: tuple[int, ...]
    """How many digits it may have; the first that fits counts."""
    is_one: Callable[[Window], bool]
    when_read_out: bool = False
    """Whether digits that are read out are looked at too. Most words of that kind are just words."""
    in_page_address: bool = False
    inside: bool = False
    """Whether it may begin in the middle of single digits: its own first digits tell it."""
    layouts: frozenset[tuple[int, ...]] | None = None
    """The sizes of groups in which it is written, where only some are."""
    near: re.Pattern[str] | None = None
    """Words or marks without which there is none of it in a text."""


_TIGHT = re.compile(r"[^\w\n]{1,9}|_{1,3}")


def _is_tight(window: Window) -> bool:
    """Whether only marks stand between the groups, no words and no new line."""
    return all(_TIGHT.fullmatch(separator) for separator in window.separators)


_DICTATED = re.compile(r" ?(?:다시|대시|하이픈|빼기|에|의) ?")


def _is_dictated(window: Window) -> bool:
    """Whether a word for a hyphen stands between the groups, as somebody says them."""
    return all(_DICTATED.fullmatch(separator) for separator in window.separators)


def _is_resident(window: Window) -> bool:
    if DOCUMENT.search(window.before) and not RESIDENT_WORD.search(window.before):
        return False
    if window.is_joined:
        return not (is_sum(window) or is_attached_to_letters(window) or window.in_page_address)
    front = len(window.digits) - _BACK
    places = window.places
    if front not in places:
        return False
    has_word = bool(RESIDENT_WORD.search(window.before)) and not is_sum(window)
    return has_word or _is_divided_as_resident(window, places.index(front))


def _is_divided_as_resident(window: Window, front: int) -> bool:
    """Whether the groups are those of a resident number, of which the first `front` are the date."""
    fronts, back = window.sizes[:front], window.sizes[front:]
    if is_sum(window) and (len(fronts) > 1 or window.separators[0].strip() != "-"):
        return False
    if len(fronts) > 1 and set(fronts) not in ({1}, {2}) and fronts != (4, 2, 2):
        return False
    # Times and lists of numbers begin with a date too.
    is_one_back = len(back) == 1 or set(back) == {1}
    return is_one_back or (len(fronts) == 1 and not any(re.search("[:~,]", mark) for mark in window.separators[1:]))


_BACK = 7


def _is_hyphened_resident(window: Window) -> bool:
    """Six digits and seven, whether or not the six are a date: nothing else is written so."""
    if window.sizes != (6, 7) or is_of_a_document(window):
        return False
    return bool(re.fullmatch(r" {0,6}[-.~/_:=·*+#]{1,3} {0,6}", window.separators[0])) or (
        set(window.digits) == {"0"} and window.separators[0] == " "
    )


def _is_zeros(window: Window) -> bool:
    return window.is_joined


def _is_mobile(window: Window) -> bool:
    sizes, places = window.sizes, window.places
    if not window.is_joined and _goes_on(window) and has_account_word(window):
        return False
    if window.is_joined or 3 in places:  # noqa: PLR2004  # after the prefix
        return True
    if sizes[0] > 3:  # noqa: PLR2004  # as above
        return len(sizes) <= 3 and sizes[-1] >= 3  # noqa: PLR2004
    return window.is_spaced_out or (len(window.digits) == 11 and window.is_uniform)  # noqa: PLR2004


def _is_mobile_with_a_slip(window: Window) -> bool:
    """One digit too many or too few, in a mobile number's groups."""
    return window.sizes in ((3, 3, 5), (3, 4, 5), (3, 5, 4), (3, 4, 3), (3, 9)) and _is_tight(window)


def _is_mobile_without_zero(window: Window) -> bool:
    has_word = has_phone_word(window)
    if window.is_joined:
        return has_word and not is_sum(window)
    if not _is_tight(window) or is_of_a_document(window):
        return False
    if sum(map(is_year, window.parts)) and not has_word:
        return False
    return has_word or (window.is_uniform and set("".join(window.separators)) <= set("- "))


def _is_mobile_from_abroad(window: Window) -> bool:
    return window.is_joined or bool({2, 4} & set(window.places)) or window.is_spaced_out


def _is_landline(window: Window) -> bool:
    if window.before in {"-", ".", "/"} or window.before.endswith(".") or is_attached_to_letters(window):
        return False
    if len(window.sizes) in (2, 3) and not _AREA.fullmatch(window.parts[0]) and len(window.parts[0]) <= _LONGEST_AREA:
        return False
    if all(map(is_year, window.parts[1:])) and not window.is_joined:
        return False
    return not is_of_a_document(window) and not is_sum(window) and is_private(window)


_LONGEST_AREA = 4


def _is_landline_from_abroad(window: Window) -> bool:
    return window.before.rstrip(" (").endswith("+") and _is_tight(window) and is_private(window)


def _is_hyphened_phone(window: Window) -> bool:
    return (
        {separator.strip() for separator in window.separators} == {"-"}
        and not window.after.startswith("-")
        and not is_of_a_document(window)
        and is_private(window)
    )


def _is_local_phone(window: Window) -> bool:
    if (
        not PHONE_WORD.search(window.before)
        or NOT_A_PHONE_WORD.search(window.before)
        or DOCUMENT.search(window.before)
        or is_sum(window)
    ):
        return False
    if window.is_joined:
        strong = re.search(r"(?:전화|연락처|핸드폰|휴대폰|폰) ?번?호?.{0,4}$", window.before)
        return bool(strong) and not DATE.match(window.digits) and is_private(window)
    if re.match(r"[-./][0-9]", window.after):
        return False
    return _is_tight(window) and not is_year(window.parts[0]) and is_private(window)


def _is_foreign_phone(window: Window) -> bool:
    """A number in the international form; the plus is what tells it."""
    if (
        (window.before == "+" and not window.is_first)
        or not window.before.rstrip(" (").endswith("+")
        or not _is_tight(window)
    ):
        return False
    if is_sum(window) or any(re.search(r"[,\n]", separator) for separator in window.separators):
        return False
    return is_private(window)


def _is_foreign_phone_dialled(window: Window) -> bool:
    sizes = window.sizes
    is_split = len(sizes) > 2 and _is_tight(window) and window.is_uniform  # noqa: PLR2004  # prefix, country, number
    return (is_split or has_phone_word(window)) and not is_of_a_document(window) and not is_sum(window)


def _luhn(digits: str) -> bool:
    reverse = [int(digit) for digit in reversed(digits)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in reverse[1::2])
    return (sum(reverse[::2]) + sum(doubled)) % 10 == 0


_CARD_LAYOUTS = frozenset(
    (
        (4, 4, 4, 4),
        (8, 8),
        (10, 6),
        (4, 12),
        (12, 4),
        (4, 4, 8),
        (8, 4, 4),
        (4, 8, 4),
        (6, 10),
        (4, 6, 5),
        (4, 11),
        (10, 5),
        (4, 6, 4),
        (4, 4, 4, 4, 3),
        (14,),
        (15,),
        (16,),
    )
)


def _is_card(window: Window) -> bool:
    if CARD_WORD.search(window.before) or CARD_WORD_AFTER.match(window.after):
        return not (window.is_joined and is_sum(window))
    if is_attached_to_letters(window) or is_of_a_document(window) or SUM.match(window.after):
        return False
    digits = window.digits
    if window.is_joined:
        return (len(digits) >= _CARD_DIGITS - 1 and not DATE.match(digits)) or _luhn(digits)
    if window.is_spaced_out:
        return _luhn(digits) or (window.is_uniform and digits[0] in "34569" and not _SMALL.match(digits))
    return not _has_dates(window) and (_luhn(digits) or not _is_in_a_list(window))


_CARD_DIGITS = 16


def _is_in_a_list(window: Window) -> bool:
    """Whether figures of the same size go on after it, or came before it, in the same manner."""
    return _goes_on(window, len(window.parts[-1])) or (not window.is_first and window.before == window.separators[-1])


def _goes_on(window: Window, size: int | str = "1,") -> bool:
    """Whether another group, of that size, follows after the same separator."""
    return bool(re.match(rf"{re.escape(window.separators[-1])}[0-9]{{{size}}}(?![0-9])", window.after))


def _has_dates(window: Window) -> bool:
    """Whether the groups are rather years or days: such numbers begin with one, or have several."""
    if is_year(window.parts[0]) or sum(map(is_year, window.parts)) > 1:
        return True
    return any(len(part) == len("20261231") and DATE.match(part) for part in window.parts)


_SMALL = re.compile(r"123456|234567|345678|987654")


def is_long(window: Window) -> bool:
    """Whether digits that are too many for anything else are a number of somebody."""
    if is_attached_to_letters(window) or is_sum(window) or is_of_a_document(window):
        return False
    return not DATE.match(window.digits) and not window.before.endswith(".")


def _is_licence(window: Window) -> bool:
    if _is_called_a_licence(window):
        return True
    if is_of_a_document(window):
        return False
    if (
        window.is_joined
        or not _is_tight(window)
        or any(re.search(r"[,:\n]", separator) for separator in window.separators)
    ):
        return False
    return len(window.sizes) == len((2, 2, 6, 2)) or ("-" in window.separators[0] and not window.after.startswith("-"))


def _is_called_a_licence(window: Window) -> bool:
    return bool(LICENCE_WORD.search(window.before) or LICENCE_WORD_AFTER.match(window.after))


def _is_account(window: Window) -> bool:
    if not has_account_word(window) or is_attached_to_letters(window):
        return False
    if all(map(is_year, window.parts)) or _DATE_FIRST.match(_written(window)):
        return False
    if is_sum(window) or not _is_private_number(window):
        return False
    if window.is_joined:
        return not DATE.fullmatch(window.digits[:8]) or len(window.digits) != 14  # noqa: PLR2004  # a time stamp
    return (window.is_uniform or window.is_spaced_out) and (_is_tight(window) or _is_dictated(window))


def _is_joined_account(window: Window) -> bool:
    return window.is_joined and not RESIDENT_WORD.search(window.before) and _is_account(window)


def _is_private_number(window: Window) -> bool:
    return not PUBLIC_PHONE.fullmatch(window.digits)


def _written(window: Window) -> str:
    separators = (*window.separators, "")
    return "".join(part + separator for part, separator in zip(window.parts, separators, strict=True))


_DATE_FIRST = re.compile(r"(?:19|20)[0-9]{2}[-./]\s?(?:0?[1-9]|1[0-2])[-./]\s?(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])")
_BUSINESS = (3, 2, 5)
_ACCOUNT_DIGITS = range(10, 15)
_ACCOUNT_LAYOUTS = frozenset(
    sizes
    for count in (3, 4)
    for sizes in product(range(2, 8), *[range(1, 8)] * (count - 1))
    if sum(sizes) in _ACCOUNT_DIGITS and sizes != _BUSINESS
)


def _is_hyphened_account(window: Window) -> bool:
    if {separator.strip() for separator in window.separators} != {"-"}:
        return False
    if re.search(r"^-|[A-Za-z]-$|\+$", window.before) or re.match(r" ?-[0-9A-Za-z]", window.after):
        return False
    if is_year(window.parts[0]) or is_of_a_document(window) or is_sum(window):
        return False
    if window.digits[0] == "0" and window.sizes in _PHONE_LAYOUTS:
        return False
    return _is_private_number(window) and window.digits[:3] not in ("978", "979")


_AREA = re.compile(r"0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50[0-9]?)")
_PHONE_LAYOUTS = frozenset((area, exchange, 4) for area in (2, 3, 4) for exchange in (3, 4))
_LANDLINE_LAYOUTS = _PHONE_LAYOUTS | {
    *((area, rest) for area in (2, 3, 4) for rest in (7, 8)),
    (4, 3, 5),
    *((area, 4) for area in range(5, 9)),
    *((length,) for length in range(9, 13)),
}


def _kind(
    label: str,
    shape: str,
    lengths: tuple[int, ...],
    is_one: Callable[[Window], bool],
    *,
    when_read_out: bool = False,
    in_page_address: bool = False,
    inside: bool = False,
    layouts: Iterable[tuple[int, ...]] = (),
    near: str = "",
) -> Kind:
    pattern = re.compile(near) if near else None
    return Kind(
        label,
        re.compile(shape),
        lengths,
        is_one,
        when_read_out,
        in_page_address,
        inside,
        frozenset(layouts) or None,
        pattern,
    )


_MOBILE = _kind(
    PHONE, r"01[016789][0-9]{7,8}", (11, 10), _is_mobile, when_read_out=True, in_page_address=True, inside=True
)
# The order decides where digits could be of two kinds: what is told by its structure alone comes first.
KINDS = (
    _kind(
        CARD,
        r"[2-9][0-9]{15}",
        (16,),
        lambda window: (not window.is_spaced_out or bool(CARD_WORD.search(window.before))) and _is_card(window),
        layouts=((4, 4, 4, 4),),
    ),
    _kind(ACCOUNT, r"[0-9]{13}", (13,), _is_joined_account, near=ACCOUNT_NEAR),
    _kind(
        PHONE,
        r"(?:00[0-9]{0,3})?820?1[016789][0-9]{7,8}",
        tuple(range(18, 10, -1)),
        _is_mobile_from_abroad,
        inside=True,
    ),
    _kind(
        RESIDENT,
        r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[1-8][0-9]{6}",
        (13,),
        _is_resident,
        when_read_out=True,
        in_page_address=True,
        inside=True,
    ),
    _kind(RESIDENT, rf"{DATE.pattern}[1-8][0-9]{{6}}", (15,), _is_resident, when_read_out=True, inside=True),
    _kind(RESIDENT, r"[0-9]{13}", (13,), _is_hyphened_resident),
    _kind(RESIDENT, r"0{13}", (13,), _is_zeros),
    _kind(
        LICENCE,
        r"[0-9]{10}(?:[0-9]{2})?",
        (12, 10),
        _is_licence,
        layouts=((2, 2, 6, 2), (2, 6, 2), (4, 6, 2), (2, 2, 8), (2, 8, 2), (12,)),
    ),
    _kind(LICENCE, r"[0-9]{12}", (12,), _is_called_a_licence, when_read_out=True, near=LICENCE_NEAR),
    _MOBILE,
    _kind(PHONE, r"01[016789][0-9]{7,9}", (12, 11, 10), _is_mobile_with_a_slip),
    _kind(ACCOUNT, r"[0-9]{10,16}", (16, 15, 14, 13, 12, 11, 10), _is_account, when_read_out=True, near=ACCOUNT_NEAR),
    _kind(CARD, r"[0-9]{14,19}", (19, 16, 15, 14), _is_card, when_read_out=True, layouts=_CARD_LAYOUTS),
    _kind(PHONE, r"1[0-9]{10}|7[0-9]{10}", (11,), _is_foreign_phone, near=r"\+"),
    _kind(PHONE, r"82[0-9]{8,10}", (12, 11, 10), _is_landline_from_abroad, near=r"\+"),
    _kind(PHONE, r"[2-9][0-9]{8,14}", tuple(range(15, 8, -1)), _is_foreign_phone, near=r"\+"),
    _kind(
        PHONE,
        rf"{_AREA.pattern}[0-9]{{7,8}}",
        (12, 11, 10, 9),
        _is_landline,
        when_read_out=True,
        layouts=_LANDLINE_LAYOUTS,
    ),
    _kind(PHONE, r"0[0-9]{8,11}", (12, 11, 10, 9), _is_hyphened_phone, near="-", layouts=_PHONE_LAYOUTS),
    _kind(PHONE, r"00[1-9][0-9]{8,15}", (18, 17, 16, 15, 14, 13, 12, 11), _is_foreign_phone_dialled),
    _kind(
        PHONE,
        r"1[016789][0-9]{7,8}",
        (10, 9),
        _is_mobile_without_zero,
        layouts=((2, 4, 4), (2, 3, 4), (2, 8), (10,), (9,)),
    ),
    _kind(PHONE, r"[2-9][0-9]{6,7}", (8, 7), _is_local_phone, near=PHONE_NEAR, layouts=((3, 4), (4, 4), (7,), (8,))),
    _kind(ACCOUNT, r"[0-9]{10,14}", (14, 13, 12, 11, 10), _is_hyphened_account, near="-", layouts=_ACCOUNT_LAYOUTS),
)
