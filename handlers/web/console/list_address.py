"""The address of a list: the filter, the order and the page stand in it, so that it can be kept and sent to others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from bot.records.group_filter import AGES, GroupFilter, GroupOrder
from bot.records.groups import UNFINISHED, GroupState
from handlers.web.console.visit import number_in
from knowledge.base import LANGUAGES

ALL = "all"
_LISTED = tuple(state for state in GroupState if state is not GroupState.MERGED)
_MOST_OF_A_TEXT = 200
_LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class ListAddress:
    """A list as an address asks for it. `state` is empty for what is to be done, or `all`."""

    state: str = ""
    topic: str | None = None
    language: str = ""
    days: int = 0
    waited_for: bool = False
    unhelpful: bool = False
    text: str = ""
    order: GroupOrder = GroupOrder.WAITING
    page: int = 1

    @classmethod
    def of(cls, wanted: Mapping[str, str]) -> "ListAddress":
        """What the parameters ask for; those that ask for nothing that there is are left out."""
        days = number_in(wanted.get("days", "")) or 0
        topic = wanted.get("topic", "")
        return cls(
            state=wanted["state"] if wanted.get("state") in {ALL, *_LISTED} else "",
            topic=("" if topic == "-" else topic[:_MOST_OF_A_TEXT]) if topic else None,
            language=wanted["language_of"] if wanted.get("language_of") in LANGUAGES else "",
            days=days if days in AGES else 0,
            waited_for=wanted.get("waiting") == "1",
            unhelpful=wanted.get("unhelpful") == "1",
            text=wanted.get("text", "").strip()[:_MOST_OF_A_TEXT],
            order=GroupOrder(wanted["order"]) if wanted.get("order") in set(GroupOrder) else GroupOrder.WAITING,
            page=min(number_in(wanted.get("page", "")) or 1, _LAST_PAGE),
        )

    @property
    def filter(self) -> GroupFilter:
        """Which groups are asked for."""
        states = {"": UNFINISHED, ALL: _LISTED}.get(self.state) or (GroupState(self.state),)
        return GroupFilter(
            states=states,
            topic=self.topic,
            language=next((each for each in LANGUAGES if each == self.language), None),
            days=self.days,
            waited_for=self.waited_for,
            unhelpful=self.unhelpful,
            text=self.text,
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for some of what is to be done, or for something else."""
        return replace(self, page=1, order=GroupOrder.WAITING) != ListAddress()

    @property
    def query(self) -> str:
        """The parameters that ask for this list; none for what stands there anyway."""
        topic = "" if self.topic is None else self.topic or "-"
        parameters = {
            "state": self.state,
            "topic": topic,
            "language_of": self.language,
            "days": self.days or "",
            "waiting": "1" if self.waited_for else "",
            "unhelpful": "1" if self.unhelpful else "",
            "text": self.text,
            "order": "" if self.order is GroupOrder.WAITING else self.order.value,
            "page": self.page if self.page > 1 else "",
        }
        return urlencode({name: value for name, value in parameters.items() if value != ""})

    def turned_to(self, page: int) -> str:
        """The query for another page of the list."""
        return replace(self, page=page).query

    def with_state(self, state: str) -> str:
        """The query for the same in another state."""
        return replace(self, state=state, page=1).query
