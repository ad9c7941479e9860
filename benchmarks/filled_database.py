"""A database with many recorded questions in many groups, as a busy city has after half a year."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert, text

from bot.records.groups import DUE_AFTER, Deed, GroupState, StaffMember, Standing
from bot.records.questions import AskerState
from bot.storage.follow_up.groups import standing_data, state_of_questions
from bot.storage.follow_up.tables import ASKERS, GROUPS
from bot.storage.storage import Storage
from bot.storage.tables import QUESTIONS

NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)
_KIM = StaffMember("telegram:1", "김주무관")
_STATES = {
    GroupState.OPEN: 20,
    GroupState.TAKEN: 3,
    GroupState.ANSWERED: 60,
    GroupState.DISMISSED: 12,
    GroupState.MERGED: 5,
}
_PLACES = ("도서관", "주차장", "수영장", "체육관", "셔틀버스", "창업센터", "데이터센터", "교육장", "회의실", "식당")
_SUBJECTS = ("이용 시간", "예약 방법", "요금 할인", "신청 자격", "모집 일정", "담당 부서", "찾아가는 길", "환불 규정")
_ENDINGS = ("알려 주세요", "이 어떻게 되나요?", "은 언제까지예요?", "이 궁금합니다", "은 얼마예요?")
_BATCH = 2000
_WANT_TO_KNOW = 0.3
_NOT_HELPFUL = 0.05


async def fill(storage: Storage, questions: int, groups: int, entries: Sequence[str], seed: int = 0) -> None:
    """Puts that many questions and groups into an empty database; a few groups have many questions, most have few."""
    draw = random.Random(seed)
    states = draw.choices(list(_STATES), list(_STATES.values()), k=groups)
    weights = [1 / (number + 10) for number in range(groups)]
    owners = [*range(1, groups + 1), *draw.choices(range(1, groups + 1), weights, k=questions - groups)]
    moments = [NOW - timedelta(minutes=draw.randrange(180 * 24 * 60)) for _ in owners]
    rows = list(_questions(draw, owners, states, moments, entries))
    await _insert(storage, GROUPS, list(_groups(rows, states)))
    await _insert(storage, QUESTIONS, rows)
    await _insert(storage, ASKERS, list(_askers(draw, rows)))
    if storage._database.backend.shared:  # noqa: SLF001  # as below; PostgreSQL does this by itself, a minute later
        await storage._database.write(lambda connection: connection.execute(text("ANALYZE")))  # noqa: SLF001


def _questions(
    draw: random.Random,
    owners: Sequence[int],
    states: Sequence[GroupState],
    moments: Sequence[datetime],
    entries: Sequence[str],
) -> Iterator[dict[str, Any]]:
    for number, (owner, moment) in enumerate(zip(owners, moments, strict=True), 1):
        about = random.Random(owner)
        place, subject = about.choice(_PLACES), about.choice(_SUBJECTS)
        yield {
            "number": number,
            "origin_digest": number.to_bytes(32),
            "text": f"{place} {subject} {draw.choice(_ENDINGS)} {owner % 97}번 건물이요",
            "language": "en" if owner % 20 == 0 else "ko",
            "outcome": "answer" if draw.random() < _NOT_HELPFUL else "fallback",
            "state": state_of_questions(states[owner - 1]),
            "nearest": [[entry, 0.1 / place] for place, entry in enumerate(about.sample(list(entries), 5), 1)],
            "asked_at": moment,
            "updated_at": moment,
            "group_number": owner,
        }


def _groups(questions: Sequence[dict[str, Any]], states: Sequence[GroupState]) -> Iterator[dict[str, Any]]:
    members: dict[int, list[dict[str, Any]]] = {}
    for question in questions:
        members.setdefault(question["group_number"], []).append(question)
    for number, asked in sorted(members.items()):
        moments = [question["asked_at"] for question in asked]
        state, first = states[number - 1], min(moments)
        deed = Deed(_KIM, first)
        standing = Standing(state, taken=deed if state is GroupState.TAKEN else None)
        yield {
            "number": number,
            "state": state,
            "title": asked[0]["text"],
            "language": asked[0]["language"],
            "languages": [asked[0]["language"]],
            "questions": len(asked),
            "first_asked_at": first,
            "last_asked_at": max(moments),
            "due_at": first + DUE_AFTER,
            "nearest": asked[0]["nearest"],
            "standing": standing_data(standing),
            "revision": 1,
            "answer_revision": 0,
            "changed_at": max(moments),
        }


def _askers(draw: random.Random, questions: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for question in questions:
        if draw.random() < _WANT_TO_KNOW:
            is_open = question["state"] == "open"
            yield {
                "question_number": question["number"],
                "citizen_digest": question["origin_digest"],
                "channel": "telegram",
                "chat": question["number"] if is_open else None,
                "message": 1 if is_open else None,
                "language": question["language"],
                "receipt": f"R{question['number']}",
                "state": AskerState.WAITING if is_open else AskerState.TOLD,
                "asked_back": 0,
                "created_at": question["asked_at"],
            }


async def _insert(storage: Storage, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _BATCH):

        def work(connection: Connection, portion: Sequence[dict[str, Any]] = rows[start : start + _BATCH]) -> None:
            connection.execute(insert(table), list(portion))

        await storage._database.write(work)  # noqa: SLF001  # the storage offers no door for a hundred thousand at once
