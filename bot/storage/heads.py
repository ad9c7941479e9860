"""The oldest unfinished row of each chat: what comes next, where order is kept inside a chat alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, Subquery, Table, bindparam, func, select, text

_WINDOW = 1000
"""So many rows are looked at first. Most often they have enough chats, however many rows wait behind them."""


class Heads:
    """Finds rows that are the oldest of their chat among those for which the condition `unfinished` holds.

    `query` chooses the columns, and which of those rows count. It takes at most `limit`, the oldest first; the rows are
    of the `channel`, and not of the chats in `without`.
    """

    def __init__(self, table: Table, unfinished: str, query: Select[Any]) -> None:
        rows = select(table.c.chat, table.c.number).where(
            table.c.channel == bindparam("in_channel"),
            text(unfinished),  # not a parameter, since a query uses an index of some rows only by its very words
            table.c.chat.not_in(bindparam("without", expanding=True)),
        )
        first = rows.order_by(table.c.number).limit(_WINDOW)
        self._count = select(func.count()).select_from(first.subquery())
        self._queries = [_of_heads(table, query, some.subquery()) for some in (first, rows)]

    def find(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """The rows, for the values of all parameters."""
        among_first, among_all = self._queries
        found = connection.execute(among_first, values).all()
        if len(found) >= values["limit"] or connection.execute(self._count, values).scalar_one() < _WINDOW:
            return found
        return connection.execute(among_all, values).all()


def _of_heads(table: Table, query: Select[Any], rows: Subquery) -> Select[Any]:
    heads = select(func.min(rows.c.number).label("number")).group_by(rows.c.chat).subquery()
    among = query.join(heads, heads.c.number == table.c.number)
    return among.order_by(table.c.number).limit(bindparam("limit"))
