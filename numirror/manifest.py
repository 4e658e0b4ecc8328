"""The add-on's deployment resource: what Google has to know of NuMirror, for one public address.

`gcloud workspace-add-ons deployments create ID --deployment-file=addon/manifest.json`
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from numirror.kernel.errors import NuMirrorError

SCOPES = (
    "https://www.googleapis.com/auth/drive.file",
    "https://www.googleapis.com/auth/userinfo.email",
    "https://www.googleapis.com/auth/script.locale",
)
"""This one Sheet; who is there; their language and time zone. A scope that is not listed cannot be asked for later."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class BaseUrlWrong(NuMirrorError):
    """The base URL has to be the public https:// address of the web service, without a path or a slash at its end."""


def manifest(base_url: str, production: bool = True, menu: Mapping[str, str] = {}) -> dict[str, Any]:
    """The resource as JSON. Only where not for `production` may the address be http, and then of this computer.

    `menu` has more lines for the add-on's menu: what they say, and the path of their entry.

    Raises `BaseUrlWrong`. Entry addresses have no query: Google makes the whole address the token's audience.
    """
    _check(base_url, production=production)
    home = {"runFunction": f"{base_url}/addon/home"}
    return {
        "oauthScopes": list(SCOPES),
        "addOns": {
            "common": {
                "name": "NuMirror",
                "logoUrl": f"{base_url}/static/logo-128.png",
                "layoutProperties": {"primaryColor": "#1a73e8", "secondaryColor": "#0b57d0"},
                "useLocaleFromApp": True,
                "homepageTrigger": {**home, "enabled": True},
                "universalActions": [
                    {"label": "Refresh", "runFunction": f"{base_url}/addon/refresh"},
                    *({"label": label, "runFunction": base_url + path} for label, path in menu.items()),
                    {"label": "Connections", "runFunction": f"{base_url}/addon/connections"},
                    {"label": "Help", "runFunction": f"{base_url}/addon/help"},
                ],
                "openLinkUrlPrefixes": [f"{base_url}/", "https://docs.google.com/"],
            },
            "sheets": {
                "homepageTrigger": home,
                "onFileScopeGrantedTrigger": {"runFunction": f"{base_url}/addon/granted"},
            },
            "httpOptions": {"authorizationHeader": "SYSTEM_ID_TOKEN", "granularOauthPermissionSupport": "OPT_IN"},
        },
    }


def _check(base_url: str, *, production: bool) -> None:
    parts = urlsplit(base_url)
    local = not production and parts.scheme == "http" and parts.hostname in _LOOPBACK
    if base_url != f"{parts.scheme}://{parts.netloc}" or not parts.hostname or not (parts.scheme == "https" or local):
        raise BaseUrlWrong
