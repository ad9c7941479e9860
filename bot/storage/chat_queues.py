"""The oldest unfinished row of each chat: what comes next, where order is kept inside a chat alone.

First their numbers are found, then the rows by these numbers. In one query PostgreSQL may join them the wrong way
round, and read everything that waits: its statistics are from a time when nothing did.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, bindparam, func, literal, select, text

_ROWS_FOR_ONE = 8
"""So many rows are looked at first for each one wanted. Most often these have chats enough."""
_WINDOW = 1000
"""So many rows are looked at next, and then so many chats, before all are: a flood of one chat is stepped over."""


class ChatQueues:
    """Finds rows that are the oldest of their chat among those for which the condition `unfinished` holds.

    `query` chooses the columns, and which of those rows count. It takes at most `limit`, the oldest first; the rows are
    of the channel `in_channel`, and not of the chats in `without`.
    """

    def __init__(self, table: Table, unfinished: str, query: Select[Any]) -> None:
        rows = _unfinished_rows(table, unfinished).where(table.c.chat.not_in(bindparam("without", expanding=True)))
        self._among_first = _oldest_of_each_chat(rows.order_by(table.c.number).limit(bindparam("window")))
        self._of_chats = _oldest_of_first_chats(table, unfinished)
        self._among_all = _oldest_of_each_chat(rows)
        self._rows = (
            query.where(table.c.number.in_(bindparam("numbers", expanding=True)))
            .order_by(table.c.number)
            .limit(bindparam("limit"))
        )

    def find(self, connection: Connection, values: Mapping[str, Any]) -> list[Row[Any]]:
        """The rows, for the values of all parameters."""
        given = {**values, "without": padded(values["without"])}
        found: list[Row[Any]] = []
        for numbers in self._numbers(connection, given):
            found = self._of_numbers(connection, given, sorted(numbers))
            if len(found) >= given["limit"]:
                break
        return found

    def _numbers(self, connection: Connection, given: Mapping[str, Any]) -> Iterator[list[int]]:
        """Numbers of heads: a few that are quickly found, then more, at last all."""
        for window in (min(_ROWS_FOR_ONE * given["limit"], _WINDOW), _WINDOW):
            heads = connection.execute(self._among_first, {**given, "window": window}).all()
            yield [head.number for head in heads]
            if sum(head.rows for head in heads) < window:
                return
        of_chats = connection.execute(self._of_chats, given).all()
        if len(of_chats) < _WINDOW:
            yield [head.number for head in of_chats if head.chat is not None and head.chat not in given["without"]]
            return
        yield [head.number for head in connection.execute(self._among_all, given)]

    def _of_numbers(self, connection: Connection, given: Mapping[str, Any], numbers: list[int]) -> list[Row[Any]]:
        found: list[Row[Any]] = []
        for start in range(0, len(numbers), _WINDOW):
            some = padded(numbers[start : start + _WINDOW])
            left = given["limit"] - len(found)
            found += connection.execute(self._rows, {**given, "numbers": some, "limit": left})
            if len(found) >= given["limit"]:
                break
        return found


def padded(numbers: Collection[int]) -> list[int]:
    """The numbers, the last repeated until they are a power of two: for each length of a list a query is prepared."""
    some = list(numbers)
    return some + some[-1:] * ((1 << (len(some) - 1).bit_length()) - len(some)) if some else some


def _unfinished_rows(table: Table, unfinished: str) -> Select[int, int]:
    """Chat and number of the channel's rows for which the condition holds.

    It is no parameter: a query uses an index of some of the rows only by the very words of the index.
    """
    return select(table.c.chat, table.c.number).where(table.c.channel == bindparam("in_channel"), text(unfinished))


def _oldest_of_each_chat(rows: Select[int, int]) -> Select[int, int]:
    """The smallest `number` of each chat among the rows, and how many `rows` the chat has there."""
    among = rows.subquery()
    return select(func.min(among.c.number).label("number"), func.count().label("rows")).group_by(among.c.chat)


def _oldest_of_first_chats(table: Table, unfinished: str) -> Select[Any]:
    """The smallest `number` of each `chat`, by steps from one chat to the next in the index; the last one is no chat.

    Each step is an ORDER BY with a LIMIT: for a minimum PostgreSQL may read everything.
    """
    rows = _unfinished_rows(table, unfinished)

    def smallest(column: ColumnElement[int], *conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return rows.with_only_columns(column).where(*conditions).order_by(column).limit(1).scalar_subquery()

    chats = select(smallest(table.c.chat).label("chat"), literal(1).label("place")).cte("chats", recursive=True)
    following = select(smallest(table.c.chat, table.c.chat > chats.c.chat), chats.c.place + 1)
    chats = chats.union_all(following.where(chats.c.chat.is_not(None), chats.c.place < _WINDOW))
    return select(chats.c.chat, smallest(table.c.number, table.c.chat == chats.c.chat).label("number"))
