"""Files and permissions as Drive answers them."""

from typing import Any

from simulator.drive.errors import invalid
from simulator.identity.people import People
from simulator.routing import Call
from simulator.sheets import discovery
from simulator.sheets.errors import Invalid
from simulator.sheets.mask import Mask, parse, select
from simulator.storage import access
from simulator.storage.file import SPREADSHEET, File, Permission, permission_id
from simulator.wire import Json

FILE_DEFAULT = "kind,id,name,mimeType"
ROOT = "0AAsimulatedMyDrivePVA"
"""The id of everybody's root folder, the only one there is."""
PERMISSION_DEFAULT = "kind,id,type,role"


def file_resource(file: File, email: str, people: People) -> Json:
    """All that the simulator knows of a file, as this person sees it."""
    owned = file.owner == email
    found: Json = {
        "kind": "drive#file",
        "id": file.id,
        "name": file.spreadsheet.title,
        "mimeType": SPREADSHEET,
        "starred": False,
        "trashed": file.trashed,
        "explicitlyTrashed": file.trashed,
        "spaces": ["drive"],
        "version": str(file.revision),
        "webViewLink": f"https://docs.google.com/spreadsheets/d/{file.id}/edit",
        "createdTime": file.created,
        "modifiedTime": file.modified,
        "owners": [user(file.owner, email, people)],
        "ownedByMe": owned,
        "shared": len(file.permissions) > 1,
        "isAppAuthorized": email in file.grants,
        "capabilities": _capabilities(owned, access.may_write(file, email)),
    }
    if owned:
        found["parents"] = [ROOT]
    if file.app_properties:
        found["appProperties"] = dict(file.app_properties)
    if access.may_write(file, email):
        found["permissions"] = [permission_resource(one, people) for one in file.permissions]
        found["permissionIds"] = [one.id for one in file.permissions]
    return found


def permission_resource(one: Permission, people: People) -> Json:
    """All that the simulator knows of a permission."""
    found: Json = {"kind": "drive#permission", "id": one.id, "type": one.kind, "role": one.role}
    if one.email:
        person = people.by_email(one.email)
        found |= {"emailAddress": one.email, "displayName": person.name if person else one.email, "deleted": False}
    if one.pending_owner:
        found["pendingOwner"] = True
    if one.domain:
        found |= {"domain": one.domain, "displayName": one.domain}
    return found


def under_fields(found: Json, call: Call, schema: str, default: str) -> Json:
    """The part of an answer that `fields` asks for. Raises `DriveError` (400) for fields that there are not."""
    selected: Json = select(found, wanted(call, schema, default))
    return selected


def wanted(call: Call, schema: str, default: str) -> Mask:
    """The mask of the query. Raises `DriveError` (400) for fields that there are not."""
    try:
        mask = parse(call.query("fields") or default)
        discovery.check_mask(schema, mask, "drive.v3")
    except Invalid as error:
        raise invalid("fields", "Invalid field selection") from error
    return mask


def user(email: str, viewer: str, people: People) -> Json:
    """A User, as the viewer sees them."""
    person = people.by_email(email)
    return {
        "kind": "drive#user",
        "displayName": person.name if person else email,
        "me": email == viewer,
        "permissionId": permission_id(email),
        "emailAddress": email,
    }


def _capabilities(owned: bool, writes: bool) -> dict[str, Any]:
    return {
        "canCopy": True,
        "canDelete": owned,
        "canDownload": True,
        "canEdit": writes,
        "canModifyContent": writes,
        "canRename": writes,
        "canShare": writes,
        "canTrash": owned,
        "canUntrash": owned,
    }
