"""What Drive knows of a file, through google-api-python-client."""

from typing import Any

from numirror.shell.google.errors import GoogleAway, from_status

_TIMEOUT = 10.0


def is_own_file(base_url: str, token: str, file_id: str) -> bool:
    """Whether the file belongs to the person whose token this is, and is not in the bin. One read."""
    from googleapiclient.errors import HttpError

    try:
        request = _service(base_url, token).files().get(fileId=file_id, fields="ownedByMe,trashed")
        answer: dict[str, Any] = request.execute(num_retries=0)
    except HttpError as error:
        raise from_status(int(error.resp.status), error.resp.get("retry-after")) from None
    except OSError:
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
