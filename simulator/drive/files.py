"""The calls on files."""

from simulator.drive import query
from simulator.drive.asked import Asked
from simulator.drive.errors import DriveError, forbidden, invalid, missing
from simulator.drive.resources import FILE_DEFAULT, ROOT, file_resource, under_fields, user, wanted
from simulator.storage import access
from simulator.storage.file import SPREADSHEET, File, new_file
from simulator.storage.store import Store
from simulator.wire import Json

_PROPERTY_BYTES = 124
_ORDERS = {"name", "createdTime", "modifiedTime"}


def get(store: Store, asked: Asked) -> Json:
    """files.get"""
    return _shown(asked, asked.file(store))


def find(store: Store, asked: Asked) -> Json:
    """files.list: what this token sees, the latest change first; trashed files too."""
    default = f"kind,nextPageToken,incompleteSearch,files({FILE_DEFAULT})"
    fits = query.parse(asked.call.query("q"))
    size, start = _number(asked, "pageSize", 100, 1, 1000), _number(asked, "pageToken", 0, 0, 10**9)
    seen = [file for file in store.everything() if _listed(file, asked) and fits(file, asked.email)]
    ordered = _ordered(seen, asked.call.query("orderBy", "modifiedTime desc"))
    page = ordered[start : start + size]
    found: Json = {"kind": "drive#fileList", "incompleteSearch": False}
    if len(ordered) > start + size:
        found["nextPageToken"] = str(start + size)
    found["files"] = [file_resource(file, asked.email, asked.people) for file in page]
    return under_fields(found, asked.call, "FileList", default)


def create(store: Store, asked: Asked) -> Json:
    """files.create: an empty spreadsheet, which the add-on made and so may see."""
    wanted(asked.call, "File", FILE_DEFAULT)
    body = asked.body
    if body.get("mimeType") != SPREADSHEET:
        raise invalid("mimeType", "The simulator keeps spreadsheets only.")
    _check_parents(body)
    file = new_file(asked.email, _name(body) or "Untitled")
    file.granted_by(asked.email)
    file.app_properties = _properties({}, body)
    return _shown(asked, store.add(file))


def update(store: Store, asked: Asked) -> Json:
    """files.update: name, appProperties (null takes one away), trashed."""
    wanted(asked.call, "File", FILE_DEFAULT)
    known, body = asked.file(store), asked.body
    if not access.may_write(known, asked.email) or ("trashed" in body and known.owner != asked.email):
        raise forbidden()
    if unknown := body.keys() - {"name", "appProperties", "trashed", "mimeType"}:
        raise invalid(min(unknown), "The simulator does not keep this field.")
    with store.change(known.id) as file:
        file.spreadsheet.title = _name(body) or file.spreadsheet.title
        file.app_properties = _properties(file.app_properties, body)
        file.trashed = bool(body.get("trashed", file.trashed))
    return _shown(asked, file)


def copy(store: Store, asked: Asked) -> Json:
    """files.copy: a new file of the caller; sheets and their ids are the same."""
    wanted(asked.call, "File", FILE_DEFAULT)
    source = asked.file(store)
    _check_parents(asked.body)
    spreadsheet = source.spreadsheet.copy()
    spreadsheet.title = _name(asked.body) or f"Copy of {source.spreadsheet.title}"
    file = new_file(asked.email, spreadsheet.title, spreadsheet)
    file.app_properties = _properties(source.app_properties, asked.body)
    file.granted_by(asked.email)
    return _shown(asked, store.add(file))


def comments(store: Store, asked: Asked) -> Json:
    """comments.list: nobody comments here."""
    asked.file(store)
    body = {"kind": "drive#commentList", "comments": list[Json]()}
    return under_fields(body, asked.call, "CommentList", "kind,comments")


def delete(store: Store, asked: Asked) -> Json:
    """files.delete: for ever, and for the owner only."""
    file = asked.file(store)
    if file.owner != asked.email:
        raise forbidden()
    store.delete(file.id)
    return {}


def about(_: Store, asked: Asked) -> Json:
    """about.get: who asks."""
    if not asked.call.query("fields"):
        raise DriveError(400, "required", "The 'fields' parameter is required for this method.", "fields")
    body = {"kind": "drive#about", "user": user(asked.email, asked.email, asked.people)}
    return under_fields(body, asked.call, "About", "kind")


def _listed(file: File, asked: Asked) -> bool:
    return access.listed(file, asked.email, asked.everything)


def _shown(asked: Asked, file: File) -> Json:
    return under_fields(file_resource(file, asked.email, asked.people), asked.call, "File", FILE_DEFAULT)


def _name(body: Json) -> str:
    name = body.get("name") or ""
    if not isinstance(name, str):
        raise invalid("name")
    return name


def _check_parents(body: Json) -> None:
    """There is one folder, the root of My Drive."""
    for parent in body.get("parents") or []:
        if parent not in {"root", ROOT}:
            raise missing(str(parent))


def _number(asked: Asked, name: str, default: int, least: int, most: int) -> int:
    text = asked.call.query(name) or str(default)
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise invalid(name)
    return int(text)


def _ordered(files: list[File], order: str) -> list[File]:
    for part in reversed(order.split(",")):
        name, _, direction = part.strip().partition(" ")
        if name not in _ORDERS or direction not in {"", "desc"}:
            raise invalid("orderBy")
        files = sorted(files, key=lambda file: _key(file, name), reverse=direction == "desc")
    return files


def _key(file: File, name: str) -> str:
    match name:
        case "name":
            return file.spreadsheet.title.casefold()
        case "createdTime":
            return file.created
        case _:
            return file.modified


def _properties(old: dict[str, str], body: Json) -> dict[str, str]:
    given = body.get("appProperties") or {}
    result = dict(old)
    for key, value in given.items():
        if value is None:
            result.pop(key, None)
        elif not isinstance(value, str) or len(f"{key}{value}".encode()) > _PROPERTY_BYTES:
            raise invalid("appProperties", f"Key and value of a property have at most {_PROPERTY_BYTES} bytes.")
        else:
            result[key] = value
    return result
