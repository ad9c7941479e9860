"""What no pattern can tell: whether digits in a personal number's shape are one."""

import re

_YEARS = re.compile(r"(?:(?:19|20)[0-9]{2}(?![0-9])[^0-9]*)+")
_DATE_FIRST = re.compile(r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![0-9])")
_PUBLIC_PHONE = re.compile(r"(?:0?62)?613[0-9]{4}|080[0-9]{7,8}|1[568][0-9]{6}")
_BUSINESS_NUMBER = [3, 2, 5]
_ACCOUNT_DIGITS = range(10, 15)
_LUHN_DIGITS = range(13, 17)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def is_private_phone(text: str) -> bool:
    """Not a number that the city or a firm publishes, nor a range of years."""
    digits = _digits(text)
    national = digits.removeprefix("00").removeprefix("82") if digits.startswith(("82", "0082")) else digits
    return not _PUBLIC_PHONE.fullmatch(national) and not _YEARS.fullmatch(text)


def is_not_years(text: str) -> bool:
    """Not a list of years, which has the shape of a card number."""
    return not _YEARS.fullmatch(text)


def is_card(text: str) -> bool:
    """Whether the check digit is right."""
    digits = [int(digit) for digit in reversed(_digits(text))]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return len(digits) in _LUHN_DIGITS and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def is_account(text: str) -> bool:
    """Whether hyphenated groups have as many digits as an account, and are neither a firm's number nor dates."""
    groups = [len(group) for group in re.findall(r"[0-9]+", text)]
    if groups == _BUSINESS_NUMBER or sum(groups) not in _ACCOUNT_DIGITS:
        return False
    return is_private_phone(text) and not _DATE_FIRST.match(text)


def is_account_after_word(text: str) -> bool:
    """Whether digits after a word such as 계좌 are as many as an account has, and neither dates nor years."""
    return len(_digits(text)) in _ACCOUNT_DIGITS and is_private_phone(text) and not _DATE_FIRST.match(text)
