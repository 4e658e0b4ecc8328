"""What rq has to say, without the values: they could be anything that stands in Redis."""

import logging

log = logging.getLogger(__name__)


class RqLines(logging.Handler):
    """Passes rq's warnings on: the sentence as rq's authors wrote it, and the class of the error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        kind = record.exc_info[0] if record.exc_info else None
        line = str(record.msg).partition("\n")[0]
        log.log(record.levelno, line, extra={"error": kind.__name__ if kind else None})


def quieten_rq() -> None:
    """Let rq log through us, warnings and errors only."""
    logger = logging.getLogger("rq")
    logger.handlers = [RqLines(logging.WARNING)]  # a level of the handler's, as rq sets its loggers' own
    logger.propagate = False
