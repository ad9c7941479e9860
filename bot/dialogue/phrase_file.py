"""Files of phrases beside the code: what citizens say in so many ways that it is data."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_NAME = re.compile(r"\{([a-z_]+)\}")


def read_phrases(name: str) -> Mapping[str, Any]:
    """The tables of the TOML file `name` in this folder, with each `{word}` as its table `words` spells it out."""
    tables = tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    words: dict[str, str] = tables.pop("words")

    def spelt_out(written: Any) -> Any:
        match written:
            case str():
                return _NAME.sub(lambda found: f"({spelt_out(words[found[1]])})", written)
            case list():
                return [spelt_out(each) for each in written]
            case dict():
                return {key: spelt_out(each) for key, each in written.items()}
            case _:
                return written

    return {key: spelt_out(table) for key, table in tables.items()}
