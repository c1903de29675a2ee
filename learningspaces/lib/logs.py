"""What the program says to its keeper: one line an event, each with the number of its request.

A line tells which kind of page was asked for, never whose: addresses hold names of spaces and
keys of invitations, so the pattern of the address stands there instead, without who and where from.
"""

import logging

import structlog
from django_structlog.middlewares import RequestMiddleware
from structlog.typing import Processor

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
HEADER = "X-Request-ID"
WITHOUT_VALUES = structlog.dev.plain_traceback  # those of variables would be people's words
# What these say of requests and tasks is said once, with a number, and without anybody's words.
SAID_ALREADY = ["django.request", "celery.worker.strategy", "celery.app.trace"]


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
        "json": [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
        "text": [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=WITHOUT_VALUES)],
    }
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": SHARED,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *last[form],
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {name: {"level": logging.CRITICAL} for name in SAID_ALREADY},
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
