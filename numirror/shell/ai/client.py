"""The client for an AI that a user brings: openai's, over a transport of ours."""

import re
from typing import TYPE_CHECKING

from numirror.shell.ai.faults import AiFailed, AiFault
from numirror.shell.ai.providers import AiPlace, speaks_tls
from numirror.shell.resources.secret import Secret

if TYPE_CHECKING:
    import openai

SECONDS = 60.0
"""For one request and its whole reply."""

_KEY = re.compile("[!-~]{1,512}")
"""What may stand in a header. A client that refuses another character quotes the whole key in its error."""


def client(place: AiPlace, key: Secret[str], address: str, seconds: float = SECONDS) -> "openai.OpenAI":
    """A client that has not connected yet; `address` is the guard's. Wrap its calls in `faults.answered`.

    No second try, no redirects, no proxy, replies of 4 MiB at most. Raises `AiFailed` for a key that can't be one, and
    `ValueError` for a place without TLS beyond this machine.
    """
    import httpx2
    import openai

    from numirror.shell.ai.dialler import CONNECT_SECONDS
    from numirror.shell.ai.transport import CheckedTransport

    speaks_tls(place)
    if not _KEY.fullmatch(key.reveal()):
        raise AiFailed(AiFault.WRONG_KEY)
    timeout = httpx2.Timeout(seconds, connect=CONNECT_SECONDS)
    http = httpx2.Client(
        transport=CheckedTransport(place.host, address, key, seconds),
        follow_redirects=False,
        trust_env=False,
        timeout=timeout,
    )
    # The transport knows the key. Something must stand here, or openai takes the key in our own environment.
    return openai.OpenAI(
        api_key="-", base_url=place.url, http_client=http, timeout=timeout, max_retries=0, admin_api_key="-"
    )
