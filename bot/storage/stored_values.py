"""How texts and names are kept: what no database system refuses, and a digest in the place of a name."""

import hashlib
import hmac
import re

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""Characters that one of the database systems refuses."""


def storable(text: str) -> str:
    """The text without characters that cannot be kept."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def storable_number(number: int) -> int:
    """The number, or 0 for one that is larger than any column: nobody has that number."""
    return number if -(2**63) <= number < 2**63 else 0


def digest_of(name: str, key: bytes) -> bytes:
    """What is kept instead of a name that says who somebody is; without the deployment's key nobody can compute it."""
    return hmac.digest(key, name.encode(errors="surrogatepass"), hashlib.sha256)
