"""The list of groups: filters with counts, the address that asks for a list, and what is done with several groups."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from math import ceil
from urllib.parse import urlencode

from starlette.responses import Response

from bot.follow_up.overview.group_lists import A_PAGE
from bot.records.errors import ActRefusedError, FollowUpError, UnconfirmedTextError, UnknownGroupError
from bot.records.groups import AGES, UNFINISHED, DismissalReason, GroupFilter, GroupOrder, GroupPage, GroupState
from handlers.web.console.visit import HOME, Visit, field, number_in, numbers_in, parameters, tidy_query
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


_MOST_UNDONE = 50


async def group_list(visit: Visit) -> Response:
    """The list that the address asks for."""
    return await _list(visit, dict(visit.request.query_params))


async def _list(
    visit: Visit, wanted: Mapping[str, str], problem: str = "", *, ticked: Collection[int] = (), own_reason: str = ""
) -> Response:
    """The list that is wanted; after a problem, with the same groups ticked. `own_reason` is to be confirmed."""
    address = ListAddress.of(wanted)
    found = await visit.follow_up.lists.page(address.filter, address.order, address.page)
    context = {
        "address": address,
        "page": found,
        "last": max(1, ceil(found.total / A_PAGE)),
        "now": visit.follow_up.workspace.clock(),
        "states": _states(visit, address, found),
        "topics": _topics(visit, found),
        "languages": [(each, visit.words.languages[each], found.counts.languages.get(each, 0)) for each in LANGUAGES],
        "ages": [(days, found.counts.days.get(days, 0)) for days in AGES if days],
        "orders": [(order.value, visit.words.orders[order]) for order in GroupOrder],
        "reasons": [(reason.value, visit.act_words.reasons[reason]) for reason in DismissalReason],
        "problem": problem,
        "news_of_files": visit.news_of_files,
        "ticked": set(ticked),
        "own_reason": own_reason,
        "done": visit.done(wanted),
        "undo": [number for number in _numbers(wanted.get("undo", "")) if not problem],
        "forget": number_in(wanted.get("group", "")) if wanted.get("done") else None,
    }
    return visit.page("console/groups.html", context, status=409 if problem else 200)


async def act_on_several(visit: Visit) -> Response:
    """Dismisses or merges the groups that are ticked, or takes back what was done to several."""
    form = await visit.form()
    query, chosen, act = tidy_query(field(form, "back")), numbers_in(form, "group"), field(form, "act")
    if act == "undo":
        return await _undo(visit, chosen[:_MOST_UNDONE], query)
    if not chosen:
        return await _list(visit, parameters(query), visit.words.select_some)
    if act == "merge":
        return await _merge(visit, chosen, query)
    reason = field(form, "text").strip() or field(form, "reason")
    try:
        confirmed = field(form, "confirmed") == reason
        dismissals = await visit.follow_up.desk.dismiss_all(chosen, reason, visit.member, confirmed=confirmed)
    except FollowUpError as error:
        unconfirmed = reason if isinstance(error, UnconfirmedTextError) else ""
        return await _list(visit, parameters(query), visit.explained(error), ticked=chosen, own_reason=unconfirmed)
    done = [group.number for group in dismissals.done]
    if dismissals.refused:
        problem = " ".join(
            visit.words.not_done.format(number=number, why=visit.explained(error))
            for number, error in dismissals.refused
        )
        return await _list(visit, parameters(query), problem)
    return _to_list(visit, query, done="dismiss_all", count=len(done), undo=_listed(done))


async def _merge(visit: Visit, chosen: list[int], query: str) -> Response:
    """Merges the others into the first of the groups in one transaction: all, or none of them."""
    target, *others = sorted(set(chosen))
    if not others:
        return await _list(visit, parameters(query), visit.words.select_two, ticked=chosen)
    try:
        async with visit.follow_up.workspace.storage.unit():
            for other in others:
                await visit.follow_up.desk.merge(target, other, visit.member)
    except (ActRefusedError, UnknownGroupError) as error:
        problem = visit.words.not_done.format(number=getattr(error, "group", target), why=visit.explained(error))
        return await _list(visit, parameters(query), problem, ticked=chosen)
    if len(others) > 1:  # a group's last act can be undone, not those before it
        return _to_list(visit, query, done="merge_all", group=target, count=len(others))
    return _to_list(visit, query, done="merge", group=target, other=others[0], undo=target)


async def _undo(visit: Visit, chosen: list[int], query: str) -> Response:
    problems = []
    for number in chosen:
        try:
            await visit.follow_up.desk.undo(number, visit.member)
        except FollowUpError as error:
            problems.append(visit.words.not_done.format(number=number, why=visit.explained(error)))
    if problems:
        return await _list(visit, parameters(query), " ".join(problems))
    done = {"done": "undo_all", "count": len(chosen)} if len(chosen) > 1 else {"done": "undo", "group": chosen[0]}
    return _to_list(visit, query, **done) if chosen else _to_list(visit, query)


def _to_list(visit: Visit, query: str, **told: object) -> Response:
    return visit.go(HOME, **{**parameters(query), **told})


def _states(visit: Visit, address: ListAddress, found: GroupPage) -> list[tuple[str, str, int, str]]:
    """Each state with its name, its count and its address."""
    words, counts = visit.words, found.counts.states
    to_do = sum(counts.get(state, 0) for state in UNFINISHED)
    states = [("", words.unfinished, to_do)]
    states += [(state.value, visit.act_words.group_states[state], counts.get(state, 0)) for state in _LISTED]
    states.append((ALL, words.all_states, sum(counts.values())))
    return [(value, name, count, address.with_state(value)) for value, name, count in states]


def _topics(visit: Visit, found: GroupPage) -> list[tuple[str, str, int]]:
    """Each topic that has groups, with its title and count; `-` is that of groups that are near to no entry."""
    counts, topics = found.counts.topics, visit.follow_up.workspace.knowledge().topics
    titled = [(topic.id, topic.title.in_language(visit.language), counts.get(topic.id, 0)) for topic in topics]
    return [*titled, ("-", visit.words.no_topic, counts.get("", 0))]


def _numbers(listed: str) -> list[int]:
    found = [number_in(each) for each in listed.split("-")[:_MOST_UNDONE]]
    return [number for number in found if number is not None]


def _listed(numbers: list[int]) -> str:
    return "-".join(map(str, numbers[:_MOST_UNDONE]))
