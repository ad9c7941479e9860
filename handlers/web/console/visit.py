"""One request of somebody who may use the console, and the pages that answer it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from bot.errors import AssistantError
from bot.follow_up.service import FollowUp
from bot.matcher_process.async_finder import AsyncFinder
from bot.records.groups import StaffMember
from bot.wording.staff.staff_acts import ActSentences, act_sentences, explanation
from bot.wording.web import (
    ConsoleReportSentences,
    ConsoleSentences,
    console_report_sentences,
    console_sentences,
)
from handlers.web.pages.reader_language import reader_language
from handlers.web.pages.site import Site
from handlers.web.services import ConsoleServices
from knowledge.base import Language
from knowledge.wording import report_words

HOME = "/console"
_HOURS_IN_MINUTES = 60
_TWO_DAYS_IN_HOURS = 48
_MOST_OF_AN_ADDRESS = 1000
_MOST_DIGITS = 18
_MOST_OF_FAULTS = 10_000
"""Letters; `check` tells all of them."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request of a member of the staff; `key` is what their browser alone has."""

    site: Site
    services: ConsoleServices
    request: Request
    member: StaffMember
    key: str

    @property
    def follow_up(self) -> FollowUp:
        """The work on questions."""
        return self.services.follow_up

    @property
    def finder(self) -> AsyncFinder:
        """Finds entries."""
        return self.services.finder

    @property
    def language(self) -> Language:
        """The language that the member reads."""
        return reader_language(self.request)

    @property
    def words(self) -> ConsoleSentences:
        """The sentences of the console."""
        return console_sentences(self.language)

    @property
    def report_words(self) -> ConsoleReportSentences:
        """The sentences of the pages of drafts, entries, trials, figures and records."""
        return console_report_sentences(self.language)

    @property
    def act_words(self) -> ActSentences:
        """The names of acts and states."""
        return act_sentences(self.language)

    @property
    def back(self) -> str:
        """The filter of the list that the member came from, as the query of an address."""
        return tidy_query(self.request.query_params.get("back", ""))

    def page(
        self, template: str, context: Mapping[str, Any] | None = None, *, section: str = "", status: int = 200
    ) -> Response:
        """A page of the console."""
        common = {
            "say": self.words,
            "tell": self.report_words,
            "acts": self.act_words,
            "token": self.site.token(self.key),
            "member": self.member,
            "section": section,
            "moment": self.moment,
            "ago": self.ago,
            "here": "console",
            "home": HOME,
            "is_open": self.services.access is None,
            "paused": self._paused,
        }
        return self.site.render(self.request, template, {**common, **(context or {})}, status)

    @property
    def _paused(self) -> str:
        """That citizens get no answers, and who decided so; empty while they do."""
        deed = self.follow_up.pause.last_known
        return self.words.paused.format(by=deed.by.name, at=self.moment(deed.at)) if deed else ""

    async def form(self, *, files: int = 0, largest: int | None = None) -> FormData:
        """What a form of ours brought, with files or large fields only where it may; raises HTTPException."""
        return await self.site.form(self.request, self.key, files=files, largest=largest)

    def go(self, path: str, **query: object) -> Response:
        """Has the browser get another page of the console."""
        told = urlencode({name: str(value) for name, value in query.items() if value not in {None, ""}})
        return self.site.redirect(f"{path}?{told}" if told else path)

    def moment(self, at: datetime | None) -> str:
        """A moment as clocks in the city show it."""
        if at is None:
            return ""
        local = at.astimezone(self.follow_up.workspace.timezone)
        return self.words.moment.format(month=local.month, day=local.day, hour=local.hour, minute=local.minute)

    def ago(self, at: datetime) -> str:
        """How long ago that was, in one unit."""
        return self.span(max(timedelta(), self.follow_up.workspace.clock() - at))

    def span(self, time: timedelta) -> str:
        """A span of time in one unit."""
        minutes = int(time.total_seconds() // 60)
        hours = minutes // _HOURS_IN_MINUTES
        if minutes < _HOURS_IN_MINUTES:
            return self.words.ages["minutes"].format(count=minutes)
        if hours < _TWO_DAYS_IN_HOURS:
            return self.words.ages["hours"].format(count=hours)
        return self.words.ages["days"].format(count=time.days)

    @property
    def news_of_files(self) -> tuple[str, str] | None:
        """That changed files are not served, and why, as far as a page holds it; None where they are."""
        problem = self.services.problem_of_files(self.language).strip("\n")
        if len(problem) > _MOST_OF_FAULTS:
            whole, _, _ = problem[:_MOST_OF_FAULTS].rpartition("\n")
            problem = f"{whole}\n…"
        return (report_words(self.language).not_served, problem) if problem else None

    def done(self, wanted: Mapping[str, str]) -> str:
        """What was just done, which an address tells in numbers and known words alone; empty where it tells nothing."""
        said = self.words.done.get(wanted.get("done", ""))
        if said is None:
            return ""
        numbers = {name: number_in(wanted.get(name, "")) or 0 for name in ("group", "other", "count")}
        return said.format(number=numbers["group"], other=numbers["other"], count=numbers["count"])

    def explained(self, error: AssistantError) -> str:
        """Why something was not done, in the member's language."""
        return explanation(error, self.language, self.follow_up.workspace.timezone)


def field(form: FormData, name: str) -> str:
    """A field of a form as text; empty where it is none."""
    value = form.get(name, "")
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def number_in(text: str) -> int | None:
    """A number written in digits, such as that of a group; None for anything else."""
    written = text.strip().removeprefix("#")
    is_number = written.isascii() and written.isdecimal() and len(written) <= _MOST_DIGITS
    return int(written) if is_number else None


def numbers_in(form: FormData, name: str) -> list[int]:
    """The numbers of all fields of that name."""
    found = [number_in(value) for value in form.getlist(name) if isinstance(value, str)]
    return [number for number in found if number is not None]


def parameters(query: str) -> dict[str, str]:
    """What a query asks for."""
    return dict(parse_qsl(query[:_MOST_OF_AN_ADDRESS]))


def tidy_query(query: str) -> str:
    """A query that comes from an address, written anew so that it can be nothing else."""
    return urlencode(parameters(query))
