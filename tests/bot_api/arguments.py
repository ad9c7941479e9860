"""The arguments of a call, whatever form they came in."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.bot_api.refusals import bad_request

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Arguments:
    """Arguments as text, as a form has them, and uploaded files with their names."""

    values: dict[str, str]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The argument, empty where it is not given."""
        return self.values.get(name, "")

    def number(self, name: str, default: int = 0) -> int:
        """The argument as a whole number, the default where it is none."""
        try:
            return int(self.values.get(name, default))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        """Whether the argument says yes."""
        return self.text(name).lower() in ("true", "1", "yes")

    def structure(self, name: str) -> Any:
        """The argument read as JSON, None where it is not given."""
        if not self.values.get(name):
            return None
        try:
            return json.loads(self.values[name])
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None


def from_json(body: Json) -> Arguments:
    """The arguments of a call that came as a JSON object."""
    return Arguments(
        {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in body.items()
            if value is not None
        }
    )
