"""What Drive knows of a file, through google-api-python-client."""

from http.client import HTTPException
from typing import Any

from numirror.shell.google.errors import GoogleAway, TokenExpired, from_status

_TIMEOUT = 4.0


def is_own_file(base_url: str, token: str, file_id: str) -> bool:
    """Whether the file belongs to the person whose token this is, and is not in the bin. One read."""
    from google.auth.exceptions import RefreshError
    from googleapiclient.errors import HttpError
    from httplib2 import HttpLib2Error

    try:
        request = _service(base_url, token).files().get(fileId=file_id, fields="ownedByMe,trashed")
        answer: dict[str, Any] = request.execute(num_retries=0)
    except HttpError as error:
        raise from_status(int(error.resp.status), error.resp.get("retry-after")) from None
    except RefreshError:
        raise TokenExpired from None  # what its transport makes of a 401
    except (OSError, HTTPException, HttpLib2Error):
        raise GoogleAway from None
    return bool(answer.get("ownedByMe")) and not answer.get("trashed")


def _service(base_url: str, token: str) -> Any:
    import httplib2
    from google.oauth2.credentials import Credentials
    from google_auth_httplib2 import AuthorizedHttp
    from googleapiclient.discovery import build

    http = AuthorizedHttp(Credentials(token=token), http=httplib2.Http(timeout=_TIMEOUT))
    endpoint = {"api_endpoint": f"{base_url}/drive/v3/"}
    return build("drive", "v3", http=http, static_discovery=True, client_options=endpoint, cache_discovery=False)
