"""The add-on's deployment resource, judged by Google's own definition of it."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from google.cloud.gsuiteaddons_v1 import Deployment
from google.protobuf import json_format

from numirror import catalog
from numirror.manifest import SCOPES, BaseUrlWrong, manifest
from tests.cards.checked import ENTRIES

COMMITTED = Path(__file__).parents[2] / "addon" / "manifest.json"
BASE = "https://addon.example.com"


def judged(resource: dict[str, Any]) -> dict[str, Any]:
    """The resource as Google reads it. Raises `ParseError` for what it does not know."""
    known: dict[str, Any] = deepcopy(resource)
    # The REST API has this field, and requires it; the packaged definition is older.
    assert known["addOns"]["httpOptions"].pop("granularOauthPermissionSupport") == "OPT_IN"
    message = json_format.ParseDict(known, Deployment.pb()())
    read: dict[str, Any] = json_format.MessageToDict(message)
    assert read == known
    return read


def addresses(part: Any) -> list[str]:
    """Every runFunction and openLink in the resource."""
    if isinstance(part, list):
        return [url for item in part for url in addresses(item)]
    if not isinstance(part, dict):
        return []
    own = [part[name] for name in ("runFunction", "openLink") if name in part]
    return own + [url for value in part.values() for url in addresses(value)]


def test_google_reads_all_of_the_manifest() -> None:
    read = judged(manifest(BASE, menu=catalog.MENU_PATHS))
    assert read["addOns"]["common"]["name"] == "NuMirror"
    labels = {action["label"] for action in read["addOns"]["common"]["universalActions"]}
    assert labels == {"Refresh", "Connections", "Help", *catalog.MENU_PATHS}


@pytest.mark.parametrize(
    ("place", "name", "value"),
    [
        (("addOns", "common"), "logoURL", "https://a.example/a.png"),
        (("addOns", "common", "homepageTrigger"), "function", "x"),
        (("addOns", "sheets"), "onOpenTrigger", {"runFunction": "x"}),
        (("addOns", "httpOptions"), "authorizationHeader", "SYSTEM_TOKEN"),
        (("addOns", "common", "universalActions", 0), "openLink", "https://a.example"),
        ((), "oauthScopes", "https://www.googleapis.com/auth/drive.file"),
    ],
)
def test_google_refuses_a_manifest_that_is_wrong(place: tuple[str | int, ...], name: str, value: object) -> None:
    resource: Any = manifest(BASE)
    part = resource
    for step in place:
        part = part[step]
    part[name] = value
    with pytest.raises(json_format.ParseError):
        judged(resource)


def test_the_committed_manifest_is_the_one_that_the_code_makes() -> None:
    assert json.loads(COMMITTED.read_text(encoding="utf-8")) == manifest(BASE, menu=catalog.MENU_PATHS)


def test_every_entry_point_is_known_and_has_no_query() -> None:
    """The whole address is the audience of Google's token; each path has an envelope of its own."""
    urls = addresses(manifest(BASE, menu=catalog.MENU_PATHS))
    assert {urlsplit(url).path for url in urls} | {"/addon/act"} == set(ENTRIES)
    assert all(url.startswith(f"{BASE}/addon/") and not urlsplit(url).query for url in urls)


def test_locale_and_identity_have_their_scopes() -> None:
    assert manifest(BASE)["addOns"]["common"]["useLocaleFromApp"] is True
    assert [scope.rpartition("/")[2] for scope in SCOPES] == ["drive.file", "userinfo.email", "script.locale"]


def test_links_may_lead_to_ourselves_and_to_the_sheet() -> None:
    assert manifest(BASE)["addOns"]["common"]["openLinkUrlPrefixes"] == [f"{BASE}/", "https://docs.google.com/"]


@pytest.mark.parametrize(
    "url",
    [
        "http://addon.example.com",
        "http://127.0.0.1:8080",
        f"{BASE}/",
        f"{BASE}/path",
        f"{BASE}?a=b",
        f"{BASE}#a",
        "addon.example.com",
        "https://",
        "",
    ],
)
def test_a_public_address_is_https_and_without_a_path(url: str) -> None:
    with pytest.raises(BaseUrlWrong):
        manifest(url)


def test_only_the_local_run_may_do_without_https_and_only_on_this_machine() -> None:
    assert addresses(manifest("http://127.0.0.1:8080", production=False))[0].startswith("http://127.0.0.1:8080/addon/")
    with pytest.raises(BaseUrlWrong):
        manifest("http://192.168.0.7:8080", production=False)
