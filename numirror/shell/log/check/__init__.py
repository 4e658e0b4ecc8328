"""The check of a database in ten steps, each with its time and, where it is red, the sentence that helps."""

from numirror.shell.log.check.database import check_database
from numirror.shell.log.check.sentences import SENTENCES

__all__ = ["SENTENCES", "check_database"]
