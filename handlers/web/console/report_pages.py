"""Figures with pictures, the records of who did what, everything to take away as a table, and the health."""

import asyncio
from dataclasses import fields
from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.errors import StorageError
from bot.follow_up.overview.chart import ChartText, bar_chart, daily_chart
from bot.follow_up.overview.question_export import exported, read_rows
from bot.follow_up.overview.reports import Figures, Statistics
from bot.metrics import Levels
from bot.records.groups import AuditRecord
from bot.records.questions import Tally
from bot.wording.staff.staff_acts import reason_text
from handlers.web.console.doorkeeper import Page
from handlers.web.console.visit import Visit, number_in
from handlers.web.services import WebServices

_DAYS = (7, 30, 90)
_ACTS_A_PAGE = 100
_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""Of a picture shown by a page of ours: its style stands in it, and it can do nothing else."""
_KINDS = tuple(Tally)
_EXPORTED = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


async def statistics_page(visit: Visit) -> Response:
    """What was asked and answered, day by day, by topic and by hour."""
    days = _days(visit)
    statistics = await visit.follow_up.reports.statistics(days)
    words = visit.report_words
    context = {
        "statistics": statistics,
        "days": days,
        "choices": _DAYS,
        "kinds": [(kind.value, words.figures[kind.value]) for kind in _KINDS],
        "topics": _topics(visit, statistics),
        "hours": await visit.follow_up.reports.unanswered_by_hour(days),
        "median": _span(visit, statistics.median),
        "p90": _span(visit, statistics.p90),
    }
    return visit.page("console/statistics.html", context, section="statistics")


async def picture(visit: Visit) -> Response:
    """One of the pictures of the statistics, as SVG."""
    days, words, name = _days(visit), visit.report_words, visit.request.path_params["name"]
    reports = visit.follow_up.reports
    if name == "hours":
        hours = [(words.hour.format(hour=hour), count) for hour, count in await reports.unanswered_by_hour(days)]
        drawn = bar_chart(words.hours_picture, [(words.unanswered, hours)])
    else:
        statistics = await reports.statistics(days)
        if name == "days":
            drawn = daily_chart(statistics.by_day, _daily_text(visit, days))
        elif name == "topics":
            asked = [(title, figures.asked) for title, figures in _topics(visit, statistics)]
            drawn = bar_chart(words.topics_picture, [(words.figures["asked"], asked)])
        elif name == "helpful":
            drawn = bar_chart(words.helpful_picture, _votes(visit, statistics))
        else:
            raise HTTPException(404)
    return Response(drawn, media_type="image/svg+xml", headers={"Content-Security-Policy": _PICTURE_POLICY})


def _daily_text(visit: Visit, days: int) -> ChartText:
    words = visit.report_words
    names = (words.figures[kind] for kind in ("answered", "suggested", "refused", "answered_by_staff"))
    title = words.daily_picture.format(days=days)
    return ChartText(title, title, *names)


def _votes(visit: Visit, statistics: Statistics) -> list[tuple[str, list[tuple[str, int]]]]:
    days = [(f"{day.month}/{day.day}", figures) for day, figures in statistics.by_day]
    words = visit.report_words.figures
    return [
        (words["helpful"], [(day, figures.helpful) for day, figures in days]),
        (words["unhelpful"], [(day, figures.unhelpful) for day, figures in days]),
    ]


def _topics(visit: Visit, statistics: Statistics) -> list[tuple[str, Figures]]:
    topics = visit.follow_up.workspace.knowledge().topics
    titles = {topic.id: topic.title.in_language(visit.language) for topic in topics}
    nameless = visit.report_words.no_topic
    return [(titles.get(topic, topic or nameless), figures) for topic, figures in statistics.by_topic]


def _days(visit: Visit) -> int:
    days = number_in(visit.request.query_params.get("days", ""))
    return days if days in _DAYS else 30


def _span(visit: Visit, time: timedelta | None) -> str:
    """A span of time in one unit; empty for none."""
    return visit.span(time) if time is not None else ""


async def audit_page(visit: Visit) -> Response:
    """Who did what and when, the newest first, or before the record that the address names."""
    before = number_in(visit.request.query_params.get("before", ""))
    records = await visit.follow_up.desk.audit(_ACTS_A_PAGE + 1, before=before)
    shown = records[:_ACTS_A_PAGE]
    context = {
        "records": [(record, visit.act_words.acts[record.act], _details(visit, record)) for record in shown],
        "older": shown[-1].number if len(records) > len(shown) else None,
        "is_newest": before is None,
    }
    return visit.page("console/audit.html", context, section="audit")


def _details(visit: Visit, record: AuditRecord) -> str:
    after = record.after
    reason = after.get("reason")
    files = after.get("files")
    told = [
        ", ".join(files) if isinstance(files, list) else None,
        after.get("tried"),
        after.get("why"),
        after.get("asked"),
        after.get("entry_id"),
    ]
    told.append(reason_text(reason, visit.language) if isinstance(reason, str) else None)
    return " · ".join(each for each in told if isinstance(each, str) and each)


async def export(visit: Visit) -> Response:
    """All recorded questions with what staff answered, as a table in which no cell can act."""
    form = visit.request.path_params["form"]
    if form not in _EXPORTED:
        raise HTTPException(404)
    rows, timezone = await read_rows(visit.follow_up.workspace), visit.follow_up.workspace.timezone
    content = await asyncio.to_thread(exported, rows, form, timezone)
    headers = {"Content-Disposition": f'attachment; filename="questions.{form}"'}
    return Response(content, media_type=_EXPORTED[form], headers=headers)


def health_page(services: WebServices) -> Page:
    """The page over what the service says of itself."""

    async def show(visit: Visit) -> Response:
        try:
            levels = await services.levels()
        except StorageError:
            levels = Levels()
        names = visit.report_words.levels
        known = [(names[field.name], getattr(levels, field.name)) for field in fields(levels) if field.name in names]
        context = {
            "checks": await services.readiness(),
            "news_of_files": visit.news_of_files,
            "unforeseen": services.metrics.calls_unforeseen,
            "levels": [(name, value) for name, value in known if value is not None],
        }
        return visit.page("console/health.html", context, section="health")

    return show
