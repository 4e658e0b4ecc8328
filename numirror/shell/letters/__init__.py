"""Letters between tenants: sealed mailboxes in the platform's Redis, and how far each correspondence has come.

All of it may vanish: the senders' logs have every letter, and the readers know what they have.
"""

from numirror.shell.letters.inbox import Inbox, said
from numirror.shell.letters.mailboxes import Mailboxes, Opened, Taken
from numirror.shell.letters.outbox import Outbox, retry_at
from numirror.shell.letters.pace import Pace
from numirror.shell.letters.ways import Done, Way, Ways

__all__ = ["Done", "Inbox", "Mailboxes", "Opened", "Outbox", "Pace", "Taken", "Way", "Ways", "retry_at", "said"]
