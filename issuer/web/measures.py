"""What this process counts about requests, and its log: route templates and figures, never a path or person.

A route template, e.g. ``/v/<token>``, is the most that is known of where somebody was.
"""

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from time import monotonic
from typing import Final

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from credentials.report import VerificationReport
from issuer.ports import AwardPage, ClosedLink, PublicDesk
from issuer.ports.watch import Condition

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
LOGGER: Final = "parchemin"

_BUCKETS: Final = (0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_STARTED: Final = "parchemin_started"
_REQUEST_ID: Final = "parchemin_request_id"
_KNOWN_METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_EXTRA: Final = ("event", "id", "method", "route", "status", "ms", "worker")


class _Register(Collector):
    """The register in numbers, read when it is asked for: every process says the same."""

    def __init__(self, condition: Condition) -> None:
        self._condition = condition

    def collect(self) -> Iterator[GaugeMetricFamily]:
        families: dict[str, GaugeMetricFamily] = {}
        for gauge in self._condition.gauges():
            names = tuple(gauge.labels)
            family = families.setdefault(
                gauge.name, GaugeMetricFamily(f"parchemin_{gauge.name}", gauge.help, labels=names)
            )
            family.add_metric([gauge.labels[name] for name in names], gauge.value)
        yield from families.values()

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Describe nothing beforehand: making the application asks nothing of the register."""
        yield from ()


class Measures:
    """The counters of one worker process."""

    def __init__(self, condition: Condition | None, worker: str) -> None:
        self._registry = CollectorRegistry(auto_describe=False)
        names = ("worker", "method", "route", "status")
        self._requests = Counter("parchemin_requests", "Requests answered.", names, registry=self._registry)
        self._seconds = Histogram(
            "parchemin_request_seconds",
            "How long an answer took.",
            ("worker", "route"),
            registry=self._registry,
            buckets=_BUCKETS,
        )
        self._verdicts = Counter(
            "parchemin_verdicts", "Verifications by verdict.", ("worker", "verdict"), registry=self._registry
        )
        self._worker = worker
        if condition is not None:
            self._registry.register(_Register(condition))

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(self._worker, method, route, f"{status // 100}xx").inc()
        self._seconds.labels(self._worker, route).observe(seconds)

    def judged(self, verdict: str) -> None:
        """Count a verification."""
        self._verdicts.labels(self._worker, verdict).inc()

    def exposition(self) -> bytes:
        """Give everything in Prometheus' text format."""
        return generate_latest(self._registry)


class CountingDesk:
    """The service, with every verification that a stranger asks for counted by its verdict."""

    def __init__(self, desk: PublicDesk, judged: Callable[[str], None]) -> None:
        self._desk = desk
        self._judged = judged

    def __getattr__(self, name: str) -> object:
        return getattr(self._desk, name)

    def award_page(self, token: str) -> AwardPage | ClosedLink | None:
        """Verify the award behind a link."""
        found = self._desk.award_page(token)
        if isinstance(found, AwardPage):
            self._judged(found.report.verdict.value)
        return found

    def check(self, data: bytes) -> VerificationReport:
        """Verify what was handed in."""
        return self._counted(self._desk.check(data))

    def check_link(self, link: str) -> VerificationReport:
        """Verify what a link leads to."""
        return self._counted(self._desk.check_link(link))

    def _counted(self, report: VerificationReport) -> VerificationReport:
        self._judged(report.verdict.value)
        return report


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON: what is not in the list of members is not written."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"at": at.replace("+00:00", "Z"), "level": record.levelname.lower()}
        line |= {name: getattr(record, name) for name in _EXTRA if hasattr(record, name)}
        message = record.getMessage()
        if message:
            line["message"] = message
        return json.dumps(line, ensure_ascii=False)


def log_to_standard_error() -> None:
    """Have this process write its log as JSON lines on standard error; once, at its start."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name in (LOGGER, "issuer.web.app"):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.propagate = False
        logger.setLevel(logging.INFO)


def install(app: Flask, measures: Measures, new_id: Callable[[], str]) -> None:
    """Measure and log every request of an application.

    Args:
        app: The application.
        measures: What counts.
        new_id: Gives a request its id, which its answer and its line in the log both carry.
    """
    logger, worker = logging.getLogger(LOGGER), str(os.getpid())

    def start() -> None:
        setattr(g, _STARTED, monotonic())
        setattr(g, _REQUEST_ID, new_id())

    def end(response: Response) -> Response:
        seconds = monotonic() - g.get(_STARTED, default=monotonic())
        route, method = route_of(), request.method if request.method in _KNOWN_METHODS else "other"
        measures.answered(method, route, response.status_code, seconds)
        response.headers["X-Request-Id"] = g.get(_REQUEST_ID, default="")
        facts = {
            "event": "request",
            "id": g.get(_REQUEST_ID, default=""),
            "method": method,
            "route": route,
            "status": response.status_code,
            "ms": round(seconds * 1000),
            "worker": worker,
        }
        logger.info("", extra=facts)
        return response

    app.before_request_funcs[None].insert(0, start)
    app.after_request_funcs[None].insert(0, end)


def route_of() -> str:
    """Give the template of the address that is answered; one name for all that there is not."""
    return request.url_rule.rule if request.url_rule else "(none)"
