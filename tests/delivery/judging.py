"""What became of the questions."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from tests.bot_api.citizens import Asked
from tests.bot_api.journal import Call
from tests.delivery.questions import answer_words, is_known


@dataclass(slots=True)
class Figures:
    """The figures of a run; times are in seconds. `failures` says what is not as it must be: none is a pass."""

    asked: int = 0
    answered: int = 0
    recorded: int = 0
    lost: int = 0
    """Neither answered nor recorded."""
    double: int = 0
    """Visible messages for a question beyond the first."""
    most_copies: int = 0
    recorded_twice: int = 0
    not_recorded: int = 0
    """Questions that the knowledge base cannot answer and that have no row."""
    wrong: int = 0
    """Known questions whose answer does not hold the words it must."""
    out_of_order: int = 0
    p50: float = 0.0
    p99: float = 0.0
    slowest: float = 0.0
    ready: float = 0.0
    """The longest start."""
    answered_at: dict[int, float] = field(default_factory=dict)
    """When each answered question had its first answer, by number, in seconds since 1970."""
    notes: dict[str, float] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def expect(self, condition: bool, failure: str) -> None:
        """Notes a failure where the condition does not hold."""
        if not condition:
            self.failures.append(failure)

    def expect_nothing_lost(self, *, in_order: bool = True) -> None:
        """Every question is answered, once, in order and rightly; every unknown one is recorded once.

        Not in order where the database was away: what can be answered then does not wait for what has to be recorded.
        """
        self.expect(self.lost == 0, f"{self.lost} lost")
        self.expect(self.answered == self.asked, f"{self.asked - self.answered} not answered")
        self.expect(self.not_recorded == 0, f"{self.not_recorded} not recorded")
        self.expect(self.recorded_twice == 0, f"{self.recorded_twice} recorded twice")
        self.expect(self.out_of_order == 0 or not in_order, f"{self.out_of_order} out of order")
        self.expect(self.wrong == 0, f"{self.wrong} answered wrong")

    def expect_no_doubles(self, at_most: int = 0) -> None:
        """No question has a second message."""
        self.expect(self.double <= at_most, f"{self.double} doubles")


def judge(asked: dict[int, Asked], calls: list[Call], rows: Counter[int] | None) -> Figures:
    """The figures; without `rows`, nothing is said on what was recorded."""
    replies: defaultdict[tuple[int, int], list[Call]] = defaultdict(list)
    for call in calls:
        if call.sends and call.reply_to:
            replies[call.chat, call.reply_to].append(call)
    answers = {number: replies.get((each.chat, each.message), []) for number, each in asked.items()}
    answered_at = {number: found[0].at for number, found in answers.items() if found}
    waits = sorted(at - asked[number].at for number, at in answered_at.items())
    figures = Figures(
        asked=len(asked),
        answered=len(answered_at),
        double=sum(max(0, len(found) - 1) for found in answers.values()),
        most_copies=max(map(len, answers.values()), default=0),
        wrong=sum(answer_words(number) not in answers[number][0].text for number in answered_at if is_known(number)),
        out_of_order=_out_of_order(asked, answers),
        p50=percentile(waits, 0.5),
        p99=percentile(waits, 0.99),
        slowest=max(waits, default=0.0),
        answered_at=answered_at,
    )
    kept = {number for number in asked if rows and rows[number]}
    figures.recorded = len(kept)
    figures.lost = len(asked.keys() - answered_at.keys() - kept)
    if rows is not None:
        figures.recorded_twice = sum(rows[number] > 1 for number in asked)
        figures.not_recorded = sum(not is_known(number) for number in asked.keys() - kept)
    return figures


def _out_of_order(asked: dict[int, Asked], answers: dict[int, list[Call]]) -> int:
    """Answers that came before the one to an earlier question of the same chat."""
    newest: defaultdict[int, float] = defaultdict(float)
    count = 0
    for number in sorted(asked, key=lambda each: asked[each].message):
        if answers[number]:
            at, chat = answers[number][0].at, asked[number].chat
            count += at < newest[chat]
            newest[chat] = max(newest[chat], at)
    return count


def percentile(ordered: list[float], share: float) -> float:
    """The value below which that share of the ordered values lies, 0 where there are none."""
    return ordered[round(share * (len(ordered) - 1))] if ordered else 0.0
