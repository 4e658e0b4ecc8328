"""The calls on permissions: who else may see or change a file."""

import msgspec

from simulator.drive.asked import Asked
from simulator.drive.errors import DriveError, forbidden, invalid
from simulator.drive.resources import PERMISSION_DEFAULT, permission_resource, under_fields, wanted
from simulator.storage import access
from simulator.storage.file import File, Permission, permission_id
from simulator.storage.store import Store
from simulator.wire import Json

_ROLES = frozenset({"writer", "commenter", "reader"})
_NEEDS = {"user": "emailAddress", "group": "emailAddress", "domain": "domain", "anyone": None}


def find(store: Store, asked: Asked) -> Json:
    """permissions.list"""
    file = asked.file(store)
    if not access.may_write(file, asked.email):
        raise forbidden()
    found = [permission_resource(one, asked.people) for one in file.permissions]
    body = {"kind": "drive#permissionList", "permissions": found}
    return under_fields(body, asked.call, "PermissionList", f"kind,nextPageToken,permissions({PERMISSION_DEFAULT})")


def create(store: Store, asked: Asked) -> Json:
    """permissions.create: the second one for the same address takes the first one's place."""
    wanted(asked.call, "Permission", PERMISSION_DEFAULT)
    known, permission = asked.file(store), _read(asked.body)
    if not access.may_write(known, asked.email):
        raise forbidden()
    if any(one.id == permission.id and one.role == "owner" for one in known.permissions):
        raise forbidden()
    with store.change(known.id) as file:
        file.permissions = (*_without(file, permission.id), permission)
    return _shown(asked, permission)


def get(store: Store, asked: Asked) -> Json:
    """permissions.get"""
    file = asked.file(store)
    if not access.may_write(file, asked.email):
        raise forbidden()
    return _shown(asked, _find(file, asked))


def update(store: Store, asked: Asked) -> Json:
    """permissions.update: another role; the owner offers the file, and who it was offered to takes it."""
    wanted(asked.call, "Permission", PERMISSION_DEFAULT)
    known = asked.file(store)
    found, role = _find(known, asked), asked.body.get("role", "")
    if asked.body.get("pendingOwner") and (known.owner != asked.email or found.kind != "user"):
        raise forbidden()
    if role == "owner":
        return _taken_over(store, asked, known, found)
    if not access.may_write(known, asked.email) or found.role == "owner":
        raise forbidden()
    if role not in _ROLES:
        raise invalid("permission.role", "The simulator gives the roles writer, commenter and reader.")
    offered = bool(asked.body.get("pendingOwner", found.pending_owner)) and role == "writer"
    one = msgspec.structs.replace(found, role=role, pending_owner=offered)
    with store.change(known.id) as file:
        file.permissions = tuple(one if other.id == one.id else other for other in file.permissions)
    return _shown(asked, one)


def _taken_over(store: Store, asked: Asked, known: File, found: Permission) -> Json:
    """The file has a new owner, the former one may write on."""
    if asked.call.query("transferOwnership").lower() != "true":
        raise DriveError(403, "forbidden", "The transferOwnership parameter must be enabled.", "transferOwnership")
    is_own_yes = found.pending_owner and found.email == asked.email
    if found.kind != "user" or not found.email or not (is_own_yes or known.owner == asked.email):
        raise forbidden()
    new = msgspec.structs.replace(found, role="owner", pending_owner=False)
    with store.change(known.id) as file:
        file.owner = found.email
        file.permissions = tuple(_after(other, new) for other in file.permissions)
    return _shown(asked, new)


def _after(other: Permission, new: Permission) -> Permission:
    if other.id == new.id:
        return new
    return msgspec.structs.replace(other, role="writer") if other.role == "owner" else other


def delete(store: Store, asked: Asked) -> Json:
    """permissions.delete: of anyone but the owner; everyone may leave."""
    known = asked.file(store)
    found = _find(known, asked)
    if found.role == "owner" or not (access.may_write(known, asked.email) or found.email == asked.email):
        raise forbidden()
    with store.change(known.id) as file:
        file.permissions = _without(file, found.id)
    return {}


def _find(file: File, asked: Asked) -> Permission:
    wanted_id = asked.call.names["permission"]
    found = next((one for one in file.permissions if one.id == wanted_id), None)
    if found is None:
        raise DriveError(404, "notFound", f"Permission not found: {wanted_id}.", "permissionId")
    return found


def _shown(asked: Asked, one: Permission) -> Json:
    return under_fields(permission_resource(one, asked.people), asked.call, "Permission", PERMISSION_DEFAULT)


def _without(file: File, permission_id: str) -> tuple[Permission, ...]:
    return tuple(one for one in file.permissions if one.id != permission_id)


def _read(body: Json) -> Permission:
    kind, role = body.get("type"), body.get("role")
    if kind not in _NEEDS:
        raise invalid("permission.type", "The permission type field is required.")
    if role not in _ROLES:
        raise invalid("permission.role", "The simulator gives the roles writer, commenter and reader.")
    needed = _NEEDS[kind]
    target = body.get(needed) if needed else "anyone"
    if not isinstance(target, str) or not target:
        raise invalid(f"permission.{needed}", f"The field {needed} is required for this type of permission.")
    target = target.lower()
    identity = "anyoneWithLink" if kind == "anyone" else permission_id(target)
    email = target if needed == "emailAddress" else None
    return Permission(identity, kind, role, email, target if kind == "domain" else None)
