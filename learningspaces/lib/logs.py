"""What the program says to its keeper: one line an event, each with the number of its request.

A line tells which kind of page was asked for, never whose: addresses hold names of spaces and
keys of invitations, so the pattern of the address stands there instead, without who and where from.
Of an error it tells what `learningspaces/lib/failures.py` lets through.
"""

import logging
import re
import sys
from copy import copy
from typing import Any

import structlog
from django_structlog.middlewares import RequestMiddleware
from structlog.typing import Processor

from learningspaces.lib.failures import said, told

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
HEADER = "X-Request-ID"
# What these say of requests and tasks is said once, with a number, and without anybody's words.
SAID_ALREADY = ["django.request", "django.server", "celery.worker.strategy", "celery.app.trace"]
STATEMENTS = ["django.db.backends"]  # which hold what is stored and looked for
AFTER_COMMITS = ["django.db.backends.base"]  # that something after a commit failed: no statement
# Where a database begins to quote the row, the statement or the value it refuses.
QUOTING = re.compile(r"\s*\n(?:DETAIL|CONTEXT|HINT|LINE \d+|QUERY|WHERE):.*", re.DOTALL)


def without_words(_logger: Any, _method: str, line: dict) -> dict:
    """A line with what is said of errors cut down to what holds nobody's words."""
    failure = line.pop("exc_info", None)
    error = failure[1] if isinstance(failure, tuple) else failure
    error = error if isinstance(error, BaseException) else sys.exc_info()[1] if failure else None
    if error is not None:
        line["exception"] = told(error)
        if "error" in line:
            line["error"] = said(error)
    return {name: _cut(value) for name, value in line.items()}


def _cut(value: Any) -> Any:
    if isinstance(value, BaseException):
        return said(value)
    return QUOTING.sub("", value) if isinstance(value, str) else value


class LineFormatter(structlog.stdlib.ProcessorFormatter):
    """Writes lines of every part of the program, errors that stand in one without their words."""

    def format(self, record):
        given = record.args
        if isinstance(given, tuple) and any(isinstance(each, BaseException) for each in given):
            record = copy(record)
            record.args = tuple(_cut(each) for each in given)
        return super().format(record)


def set_up(level: str, form: str) -> dict:
    """The LOGGING setting: `json` for machines that gather logs, `text` for people."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    last: dict[str, list[Processor]] = {
        "json": [structlog.processors.JSONRenderer()],
        "text": [structlog.dev.ConsoleRenderer(colors=False)],
    }
    formatter = {
        "()": LineFormatter,
        "foreign_pre_chain": SHARED,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            without_words,
            *last[form],
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            **{name: {"level": logging.CRITICAL} for name in SAID_ALREADY + STATEMENTS},
            **{name: {"level": logging.ERROR} for name in AFTER_COMMITS},
        },
    }


def request_number() -> str:
    """The number of the request that is being answered; empty outside one."""
    return structlog.contextvars.get_contextvars().get("request_id", "")


class RequestLog(RequestMiddleware):
    """Gives each request a number, which its answer carries and every line about it holds."""

    def handle_response(self, request, response):
        response[HEADER] = request_number()
        super().handle_response(request, response)

    @staticmethod
    def format_request(request) -> str:
        found = request.resolver_match
        return f"{request.method} {found.route if found else '(no such address)'}"
