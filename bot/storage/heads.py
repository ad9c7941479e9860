"""The oldest unfinished row of each chat: what comes next, where order is kept inside a chat alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    Table,
    bindparam,
    func,
    literal,
    select,
    text,
)

_ROWS_FOR_ONE = 8
"""So many rows are looked at first for each one wanted. Most often these have chats enough."""
_WINDOW = 1000
"""So many rows are looked at next, and then so many chats, before all are: a flood of one chat is stepped over."""


class Heads:
    """Finds rows that are the oldest of their chat among those for which the condition `unfinished` holds.

    `query` chooses the columns, and which of those rows count. It takes at most `limit`, the oldest first; the rows are
    of the channel `in_channel`, and not of the chats in `without`.
    """

    def __init__(self, table: Table, unfinished: str, query: Select[Any]) -> None:
        rows = unfinished_rows(table, unfinished).where(table.c.chat.not_in(bindparam("without", expanding=True)))
        first = rows.order_by(table.c.number).limit(bindparam("window"))
        chats = _each_chat(table, unfinished)
        self._rows_looked_at = select(func.count()).select_from(first.subquery())
        self._chats_looked_at = select(func.count()).select_from(chats)
        self._among_first = _oldest_first(table, query, oldest_of_each_chat(first))
        self._of_chats = _oldest_first(table, query, _oldest_in(chats, rows))
        self._among_all = _oldest_first(table, query, oldest_of_each_chat(rows))

    def find(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """The rows, for the values of all parameters."""
        for window in (min(_ROWS_FOR_ONE * values["limit"], _WINDOW), _WINDOW):
            looked_at = {**values, "window": window}
            found = connection.execute(self._among_first, looked_at).all()
            if len(found) >= values["limit"] or _number(connection, self._rows_looked_at, looked_at) < window:
                return found
        if _number(connection, self._chats_looked_at, values) < _WINDOW:
            return connection.execute(self._of_chats, values).all()
        return connection.execute(self._among_all, values).all()


def _number(connection: Connection, query: Select[int], values: Mapping[str, Any]) -> int:
    return connection.execute(query, values).scalar_one()


def unfinished_rows(table: Table, unfinished: str) -> Select[int, int]:
    """Chat and number of the channel's rows for which the condition holds.

    It is no parameter: a query uses an index of some of the rows only by the very words of the index.
    """
    return select(table.c.chat, table.c.number).where(table.c.channel == bindparam("in_channel"), text(unfinished))


def oldest_of_each_chat(rows: Select[int, int]) -> FromClause:
    """The smallest `number` of each chat among the rows."""
    among = rows.subquery()
    return select(func.min(among.c.number).label("number")).group_by(among.c.chat).subquery()


def _each_chat(table: Table, unfinished: str) -> FromClause:
    """The first chats that have rows, found by steps from one to the next in the index: quick if they are few."""

    def smallest(*above: ColumnElement[bool]) -> ColumnElement[int]:
        chats = unfinished_rows(table, unfinished).where(*above)
        return chats.with_only_columns(func.min(table.c.chat)).scalar_subquery()

    chats = select(smallest().label("chat"), literal(1).label("place")).cte("chats", recursive=True)
    following = select(smallest(table.c.chat > chats.c.chat), chats.c.place + 1)
    return chats.union_all(following.where(chats.c.chat.is_not(None), chats.c.place < _WINDOW))


def _oldest_in(chats: FromClause, rows: Select[int, int]) -> FromClause:
    (_, number) = rows.selected_columns
    of_chat = rows.where(rows.selected_columns[0] == chats.c.chat).with_only_columns(func.min(number))
    return select(of_chat.scalar_subquery().label("number")).select_from(chats).subquery()


def _oldest_first(table: Table, query: Select[Any], heads: FromClause) -> Select[Any]:
    among = query.join(heads, heads.c.number == table.c.number)
    return among.order_by(table.c.number).limit(bindparam("limit"))
