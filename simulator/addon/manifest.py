"""The add-on's deployment resource: what may be called, and when.

https://developers.google.com/workspace/add-ons/reference/rest/v1/projects.deployments"""

import json
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from simulator.wire import Json


class ManifestWrong(Exception):
    """The manifest file cannot be used: it is what `gcloud workspace-add-ons deployments create` takes, as JSON."""


_SCOPES = tuple(
    f"https://www.googleapis.com/auth/{scope}" for scope in ("drive.file", "userinfo.email", "script.locale")
)


class Manifest(msgspec.Struct, frozen=True):
    """The parts of a deployment that the simulator needs; a URL is None when the deployment does not name it."""

    name: str
    scopes: tuple[str, ...]
    home: str | None
    granted: str | None
    actions: dict[str, str]
    """Label of a universal action to the URL it runs."""
    links: dict[str, str]
    """Label of a universal action to the page it opens."""

    @property
    def origins(self) -> frozenset[str]:
        """Where the add-on lives: scheme, host and port of all its URLs."""
        urls = [self.home, self.granted, *self.actions.values()]
        return frozenset(origin(url) for url in urls if url)


def read(path: Path | None, addon: str | None = None) -> Manifest:
    """The manifest in this file; `addon` is a base URL to which its addresses are moved.

    Without a file, `addon` is the one address of an add-on that is a homepage and nothing else. Raises `ManifestWrong`
    with a sentence.
    """
    if path is None:
        if addon is None:
            raise ManifestWrong(
                "Where is the add-on? Give its address with --addon, or its deployment with --manifest."
            )
        return Manifest("Add-on", _SCOPES, addon, addon, {}, {})
    try:
        deployment = json.loads(path.read_text("utf-8"))
        found = _of(deployment)
        return _moved(found, addon) if addon else found
    except OSError as error:
        raise ManifestWrong(f"The manifest {path} cannot be read.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ManifestWrong(f"The manifest {path} is not a deployment of an add-on for Sheets.") from error


def origin(url: str) -> str:
    """Scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _moved(found: Manifest, addon: str) -> Manifest:
    def move(url: str) -> str:
        return addon.rstrip("/") + url.removeprefix(origin(url))

    return msgspec.structs.replace(
        found,
        home=found.home and move(found.home),
        granted=found.granted and move(found.granted),
        actions={label: move(url) for label, url in found.actions.items()},
    )


def _of(deployment: Json) -> Manifest:
    addons = deployment["addOns"]
    common, sheets = addons["common"], addons["sheets"]
    actions = common.get("universalActions", [])
    return Manifest(
        str(common["name"]),
        tuple(deployment["oauthScopes"]),
        _url(sheets, "homepageTrigger") or _url(common, "homepageTrigger"),
        _url(sheets, "onFileScopeGrantedTrigger"),
        {action["label"]: action["runFunction"] for action in actions if "runFunction" in action},
        {action["label"]: action["openLink"] for action in actions if "openLink" in action},
    )


def _url(holder: Json, trigger: str) -> str | None:
    url: str | None = holder.get(trigger, {}).get("runFunction")
    return url
