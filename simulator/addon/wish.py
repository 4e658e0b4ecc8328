"""What a click in the sidebar is, before it becomes an event."""

import datetime
import zoneinfo
from urllib.parse import urlsplit

import msgspec

from simulator.addon.manifest import Manifest, origin
from simulator.cards.validator import Entry
from simulator.wire import Json


class WishWrong(Exception):
    """The event cannot be made from this."""


class Zone(msgspec.Struct, frozen=True):
    """A time zone; `offset` in milliseconds, None for that of now."""

    id: str
    offset: int | None = None

    def written(self) -> Json:
        """As the event has it. Raises `WishWrong` for a zone that there is not."""
        if self.offset is not None:
            return {"id": self.id, "offset": self.offset}
        try:
            now = datetime.datetime.now(zoneinfo.ZoneInfo(self.id))
        except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError) as error:
            raise WishWrong(f"There is no time zone {self.id}.") from error
        return {"id": self.id, "offset": round((now.utcoffset() or datetime.timedelta()).total_seconds() * 1000)}


class Parameter(msgspec.Struct, frozen=True):
    """A parameter as it stands in a card; the event has a map."""

    key: str
    value: str


class Wish(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """The body of `POST /sim/event`; user and spreadsheet default to the example's."""

    entry: str
    user: str | None = None
    spreadsheet_id: str | None = None
    parameters: dict[str, str] | list[Parameter] | None = None
    form_inputs: dict[str, Json] | None = None
    time_zone: str | Zone | None = None
    user_locale: str | None = None

    @property
    def parameter_map(self) -> dict[str, str] | None:
        if isinstance(self.parameters, list):
            return {one.key: one.value for one in self.parameters}
        return self.parameters

    @property
    def zone(self) -> Zone:
        if isinstance(self.time_zone, Zone):
            return self.time_zone
        return Zone(self.time_zone or "Etc/UTC")


def read(raw: bytes) -> Wish:
    """The wish in this body. Raises `WishWrong` with a sentence."""
    try:
        return msgspec.json.decode(raw, type=Wish)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise WishWrong(str(error)) from error


def target(wish: Wish, manifest: Manifest) -> tuple[str, Entry]:
    """The URL that `entry` means, and what calls it: by that its answer is judged. Raises `WishWrong` for none."""
    match wish.entry:
        case "home":
            return _named(manifest.home, "home"), "homepage"
        case "granted":
            return _named(manifest.granted, "granted"), "granted"
        case label if label in manifest.actions:
            return manifest.actions[label], "universalAction"
        case label if label in manifest.links:
            raise WishWrong(f"The universal action {label} opens a page; nothing is called.")
        case url if _absolute(url) and origin(url) in manifest.origins:
            return url, "action"
        case entry:
            raise WishWrong(f"The entry {entry[:200]!r} is neither home, granted, a universal action nor our URL.")


def _named(url: str | None, name: str) -> str:
    if url is None:
        raise WishWrong(f"The manifest names no URL for the entry {name}.")
    return url


def _absolute(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
