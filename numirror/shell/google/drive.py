"""What Drive knows of files, through google-api-python-client.

The scope `drive.file` shows only the files that their user has given to this app; `appProperties` are this app's own
(https://developers.google.com/workspace/drive/api/guides/properties).
"""

from collections.abc import Callable
from datetime import datetime
from http.client import HTTPException
from typing import Any

import msgspec

from numirror.shell.google.errors import GoogleAway, TokenExpired, from_status

_TIMEOUT = 4.0
_KEY, _MAP, _ERASED = "numirror", "map", "erased"
_MAPS = (
    f"appProperties has {{ key='{_KEY}' and value='{_MAP}' }} and trashed = false and 'me' in owners "
    "and mimeType = 'application/vnd.google-apps.spreadsheet'"
)
_FIELDS = "id,name,webViewLink,ownedByMe,trashed,modifiedTime,appProperties"
_MOST = 20


class MapFile(msgspec.Struct, frozen=True):
    """A Sheet as its user sees it: whether it is theirs, in the bin, and marked as a Discovery Map or as erased."""

    id: str
    title: str
    url: str
    owned: bool
    trashed: bool
    is_map: bool
    is_erased: bool
    modified: datetime


def describe_file(base_url: str, token: str, file_id: str) -> MapFile:
    """What Drive says of this file. One read. Raises `SheetClosed` if it is not ours to see, and Google's errors."""
    return _described(_asked(base_url, token, lambda files: files.get(fileId=file_id, fields=_FIELDS)))


def find_maps(base_url: str, token: str) -> list[MapFile]:
    """The person's own Discovery Maps, those that changed last first; twenty at most. One read.

    Raises Google's errors.
    """
    wish = {"q": _MAPS, "orderBy": "modifiedTime desc", "pageSize": _MOST, "fields": f"files({_FIELDS})"}
    answer = _asked(base_url, token, lambda files: files.list(**wish))
    return [_described(file) for file in answer["files"]]


def mark_map(base_url: str, token: str, file_id: str) -> None:
    """`find_maps` finds this file from now on. One write. Raises Google's errors."""
    _set_mark(base_url, token, file_id, _MAP)


def unmark_map(base_url: str, token: str, file_id: str) -> None:
    """`find_maps` finds this file no more. One write. Raises Google's errors."""
    _set_mark(base_url, token, file_id, None)


def mark_erased(base_url: str, token: str, file_id: str) -> None:
    """This file is no map any more, and its owner wants none for now. One write. Raises Google's errors."""
    _set_mark(base_url, token, file_id, _ERASED)


def share_file(base_url: str, token: str, file_id: str, email: str) -> None:
    """This address may write the file from now on, without a letter to it. One write. Raises Google's errors."""
    body = {"type": "user", "role": "writer", "emailAddress": email}
    wish = {"fileId": file_id, "body": body, "sendNotificationEmail": False, "fields": "id"}
    _call(base_url, token, lambda drive: drive.permissions().create(**wish))


def unshare_file(base_url: str, token: str, file_id: str, email: str) -> None:
    """This address may no longer use the file. One read and one write. Raises Google's errors."""
    wish = {"fileId": file_id, "fields": "permissions(id,emailAddress)", "pageSize": 100}
    found = _call(base_url, token, lambda drive: drive.permissions().list(**wish))["permissions"]
    ids = [one["id"] for one in found if one.get("emailAddress", "").casefold() == email.casefold()]
    if ids:
        gone = {"fileId": file_id, "permissionId": ids[0]}
        _call(base_url, token, lambda drive: drive.permissions().delete(**gone))


def _set_mark(base_url: str, token: str, file_id: str, mark: str | None) -> None:
    body = {"appProperties": {_KEY: mark}}
    _asked(base_url, token, lambda files: files.update(fileId=file_id, body=body, fields="id"))


def _described(file: dict[str, Any]) -> MapFile:
    mark = file.get("appProperties", {}).get(_KEY)
    return MapFile(
        file["id"],
        file["name"],
        file["webViewLink"],
        bool(file.get("ownedByMe")),
        bool(file.get("trashed")),
        mark == _MAP,
        mark == _ERASED,
        datetime.fromisoformat(file["modifiedTime"]),
    )


def _asked(base_url: str, token: str, request: Callable[[Any], Any]) -> dict[str, Any]:
    return _call(base_url, token, lambda drive: request(drive.files()))


def _call(base_url: str, token: str, request: Callable[[Any], Any]) -> dict[str, Any]:
    from google.auth.exceptions import RefreshError
    from googleapiclient.errors import HttpError
    from httplib2 import HttpLib2Error

    try:
        answer: dict[str, Any] = request(_service(base_url, token)).execute(num_retries=0)
    except HttpError as error:
        raise from_status(int(error.resp.status), error.resp.get("retry-after")) from None
    except RefreshError:
        raise TokenExpired from None  # what its transport makes of a 401
    except (OSError, HTTPException, HttpLib2Error):
        raise GoogleAway from None
    return answer


def _service(base_url: str, token: str) -> Any:
    import httplib2
    from google.oauth2.credentials import Credentials
    from google_auth_httplib2 import AuthorizedHttp
    from googleapiclient.discovery import build

    http = AuthorizedHttp(Credentials(token=token), http=httplib2.Http(timeout=_TIMEOUT))
    endpoint = {"api_endpoint": f"{base_url}/drive/v3/"}
    return build("drive", "v3", http=http, static_discovery=True, client_options=endpoint, cache_discovery=False)
