"""Logs: one JSON line an event, on standard output, in the fields that Cloud Logging reads.

Who it was stands there as a keyed hash only; what they wrote, never.
"""

import logging
import sys

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger


def configure(level: str) -> None:
    """Sends the whole process's logs, those of the libraries too, to standard output as JSON lines."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", key="time"),
        _cloud_names,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(serializer=orjson.dumps)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.BytesLoggerFactory(),
        cache_logger_on_first_use=True,
    )
    _take_over_libraries(level, shared)


def _take_over_libraries(level: str, shared: list[Processor]) -> None:
    renderer = structlog.processors.JSONRenderer()
    clean = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    pre_chain: list[Processor] = [structlog.stdlib.ExtraAdder(), *shared]
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=pre_chain, processors=[clean, renderer]))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # These would log addresses of requests, which hold ids of people's files.
    for chatty in ("urllib3", "googleapiclient", "google_auth_httplib2", "httpx2", "httpcore2", "openai", "werkzeug"):
        logging.getLogger(chatty).setLevel(logging.ERROR)


def _cloud_names(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    event["severity"] = str(event.pop("level", "info")).upper()
    event["message"] = event.pop("event", "")
    # A traceback's last line quotes the error's text, which may be a person's.
    event.pop("exc_info", None)
    return event
