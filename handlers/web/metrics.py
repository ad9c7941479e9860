"""Shows the service's numbers in the text format that Prometheus reads."""

import asyncio
import logging
from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.metrics import Levels, Metrics
from bot.version import version
from handlers.web.health import Shared
from handlers.web.services import WebServices

_ASKING_SECONDS = 3.0
_COUNTS = {
    "updates_received": "Updates that were new and stored",
    "updates_handled": "Updates that were handled to the end",
    "updates_buried": "Updates that became dead letters, as nobody could handle them",
    "calls_sent": "Calls of the channel that were made",
    "calls_retried": "Calls that have to be made again",
    "calls_closed": "Calls that will never be made",
    "calls_throttled": "Times the channel asked to slow down",
    "calls_unforeseen": "Times the channel refused a call for what nobody foresaw; it is tried again",
    "storage_failures": "Times the database could not be used, as when the disk is full",
    "matcher_restarts": "Times the process that looks questions up was started anew",
}
_LEVELS = {
    "updates_waiting": "Updates that are stored and not yet handled",
    "updates_oldest_seconds": "How long the oldest of them has waited",
    "updates_dead": "Dead letters that are kept",
    "calls_waiting": "Calls that are to be made",
    "calls_oldest_seconds": "How long the oldest of them has waited",
    "questions_open": "Recorded questions that nobody has answered yet",
    "questions_oldest_seconds": "How long the oldest of them has waited",
    "poll_age_seconds": "How long ago Telegram was last heard of",
    "matcher_memory_bytes": "Memory of the process that looks questions up",
    "knowledge_entries": "Entries of the knowledge base that is being served",
    "is_leader": "Whether this instance does what only one of several may do",
}

logger = logging.getLogger(__name__)


def metrics_route(services: WebServices, responses: Mapping[int, int]) -> Route:
    """`/metrics`: what was counted, and how things stand where that can be asked now."""
    levels = Shared(lambda: _levels(services))

    async def show(_: Request) -> Response:
        text = exposition(services.metrics, await levels.get(), responses)
        return Response(text, media_type=CONTENT_TYPE_PLAIN_0_0_4)

    return Route("/metrics", show)


def exposition(metrics: Metrics, levels: Levels | None, responses: Mapping[int, int]) -> bytes:
    """The numbers as text. Without levels, as when the database fails, the counts alone and a word on that."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Snapshot(metrics, levels, responses))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


class _Snapshot(Collector):
    def __init__(self, metrics: Metrics, levels: Levels | None, responses: Mapping[int, int]) -> None:
        self._metrics = metrics
        self._levels = levels
        self._responses = responses

    def collect(self) -> Iterator[Metric]:
        for name, meaning in _COUNTS.items():
            yield CounterMetricFamily(f"assistant_{name}", meaning, value=getattr(self._metrics, name))
        yield self._replies()
        yield self._reply_seconds()
        yield self._web_responses()
        yield self._task_restarts()
        yield InfoMetricFamily("assistant_build", "The program", value={"version": version()})
        yield GaugeMetricFamily("assistant_levels_known", "Whether the numbers below could be asked", self._known())
        yield from self._stand()
        yield self._questions_open_longer()

    def _task_restarts(self) -> Metric:
        family = CounterMetricFamily("assistant_task_restarts", "Tasks that met a defect", labels=["task"])
        for task, count in sorted(self._metrics.task_restarts.items()):
            family.add_metric([task], count)
        return family

    def _questions_open_longer(self) -> Metric:
        meaning = "Recorded questions that have waited for longer than so many days"
        family = GaugeMetricFamily("assistant_questions_open_longer", meaning, labels=["days"])
        for days, count in (self._levels.questions_open_longer if self._levels else {}).items():
            family.add_metric([str(days)], count)
        return family

    def _known(self) -> float:
        return float(self._levels is not None)

    def _stand(self) -> Iterator[Metric]:
        for name, meaning in _LEVELS.items():
            value = getattr(self._levels, name, None)
            if value is not None:
                yield GaugeMetricFamily(f"assistant_{name}", meaning, value=float(value))

    def _replies(self) -> Metric:
        family = CounterMetricFamily("assistant_replies", "Replies to questions", labels=["outcome"])
        for outcome, count in self._metrics.replies.items():
            family.add_metric([outcome.value], count)
        return family

    def _reply_seconds(self) -> Metric:
        measured = self._metrics.reply_seconds
        bounds = [*map(str, measured.bounds), "+Inf"]
        sums = [sum(measured.counts[: place + 1]) for place in range(len(bounds))]
        meaning = "From an update being received to its first reply being sent"
        buckets = list(zip(bounds, sums, strict=True))
        return HistogramMetricFamily("assistant_reply_seconds", meaning, buckets=buckets, sum_value=measured.total)

    def _web_responses(self) -> Metric:
        family = CounterMetricFamily("assistant_web_responses", "Responses of this door", labels=["status"])
        for status, count in sorted(self._responses.items()):
            family.add_metric([str(status)], count)
        return family


async def _levels(services: WebServices) -> Levels | None:
    """How things stand; None where that cannot be asked. The counts are worth showing all the same."""
    try:
        async with asyncio.timeout(_ASKING_SECONDS):
            return await services.levels()
    except Exception as error:  # noqa: BLE001  # whatever it is, the counts must be shown
        logger.warning("The metrics lack what the database knows: %s", type(error).__name__)
        return None
