"""Each widget as the sidebar draws it, beside an approved picture of it.

`NU_APPROVE=1 .venv/bin/python -m pytest tests/browser/test_widgets.py` approves how they look now; look at the pictures
before they are committed.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, Route, expect

from tests.cards import samples
from tests.simulator.addon_double import AddonDouble
from tests.simulator.running import Simulator, write_manifest

APPROVED = Path(__file__).parent / "approved"
PICTURES = "https://addon.example.com/"
STRONG, MOST_STRONG = 64, 0.004
"""How far apart two pixels are that differ, of 255; and how many of all may: another build of Chromium draws an edge
a little otherwise, but moves no line."""

Json = dict[str, Any]


def text(html: str, **more: Any) -> Json:
    return {"decoratedText": {"text": html, **more}}


def button(words: str, **more: Any) -> Json:
    return {"text": words, "onClick": samples.action(op="act"), **more}


def selection(kind: str) -> Json:
    items = [{"text": "Milk", "value": "m", "selected": True}, {"text": "Bread", "value": "b"}]
    return {"selectionInput": {"name": "what", "label": "What", "type": kind, "items": items}}


def control(kind: str, selected: bool) -> Json:
    return text("Water the plants", switchControl={"name": "done", "controlType": kind, "selected": selected})


KINDS = ("FILLED", "OUTLINED", "FILLED_TONAL", "BORDERLESS")
MENU = {
    "icon": {"knownIcon": "STAR", "altText": "More"},
    "onClick": {"overflowMenu": {"items": [{"text": "Delete", "onClick": samples.action(op="delete")}]}},
}
WIDGETS: dict[str, Json] = {
    "paragraph": samples.paragraph(),
    "decorated-text": samples.decorated_text(),
    "decorated-text-button": text(
        "Report", bottomLabel="of this week", button={"text": "Open", "onClick": samples.action(op="open")}
    ),
    "decorated-text-icon": text("A star", endIcon={"knownIcon": "STAR"}, startIcon={"materialIcon": {"name": "home"}}),
    "divider": {"divider": {}},
    "chips": samples.chips(),
    "buttons": {"buttonList": {"buttons": [button("Done", color=samples.BLUE), button("Later"), MENU]}},
    "buttons-of-types": {"buttonList": {"buttons": [button(kind.title(), type=kind) for kind in KINDS]}},
    "text-input": samples.text_input(),
    "text-area": {"textInput": {"name": "t", "label": "Words", "type": "MULTIPLE_LINE", "value": "One\ntwo"}},
    "dropdown": selection("DROPDOWN"),
    "check-boxes": selection("CHECK_BOX"),
    "radio-buttons": selection("RADIO_BUTTON"),
    "switches": selection("SWITCH"),
    "multi-select": selection("MULTI_SELECT"),
    "check-box": control("CHECK_BOX", selected=True),
    "switch": control("SWITCH", selected=False),
    "date": samples.picker(),
    "date-and-time": {
        "dateTimePicker": {"name": "d", "label": "When", "type": "DATE_AND_TIME", "valueMsEpoch": "1795358700000"}
    },
    "time": {"dateTimePicker": {"name": "d", "label": "At", "type": "TIME_ONLY", "valueMsEpoch": "34200000"}},
    "grid": samples.grid(),
    "image": samples.image(),
}


@pytest.fixture(scope="module")
def double() -> Iterator[AddonDouble]:
    with AddonDouble() as addon:
        yield addon


@pytest.fixture(scope="module")
def page(browser: Browser, double: AddonDouble, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page beside an add-on that shows one widget."""
    folder = tmp_path_factory.mktemp("widgets")
    running = Simulator(folder / "data", write_manifest(folder / "manifest.json", double.manifest())).start()
    with browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en-GB", timezone_id="Etc/UTC", reduced_motion="reduce"
    ) as context:
        context.route(f"{PICTURES}**", picture)
        page = context.new_page()
        page.goto(running.url)
        yield page
    running.stop()


def picture(route: Route) -> None:
    """Two colours, so that its place and crop can be seen."""
    made = Image.new("RGB", (120, 80), "#1a73e8")
    made.paste("#fbbc04", (60, 0, 120, 80))
    out = io.BytesIO()
    made.save(out, "PNG")
    route.fulfill(body=out.getvalue(), content_type="image/png")


@pytest.mark.parametrize("name", WIDGETS)
def test_a_widget_looks_as_approved(page: Page, double: AddonDouble, name: str) -> None:
    card = {"header": {"title": name}, "sections": [{"widgets": [WIDGETS[name]]}]}
    double.answer("/addon/home", {"action": {"navigations": [{"pushCard": card}]}})
    page.reload()
    sidebar = page.get_by_role("complementary", name="Add-on")
    expect(sidebar.get_by_role("heading", name=name, exact=True)).to_be_visible()
    expect(sidebar.locator("details.problems li")).to_have_count(0)
    page.evaluate("document.fonts.ready")
    for shown in sidebar.locator("img").all():
        shown.evaluate("image => image.decode()")
    shot = sidebar.locator(".card-body section").screenshot(animations="disabled")
    seen = Image.open(io.BytesIO(shot)).convert("RGB")
    file = APPROVED / f"{name}.png"
    if os.environ.get("NU_APPROVE"):
        APPROVED.mkdir(exist_ok=True)
        seen.save(file, optimize=True)
    assert apart(seen, Image.open(file).convert("RGB")) <= MOST_STRONG, f"{file.name} does not look so any more"


def apart(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ strongly; all of them, where the size is another one."""
    if one.size != other.size:
        return 1.0
    grey = ImageChops.difference(one, other).convert("L")
    return sum(grey.histogram()[STRONG:]) / (one.width * one.height)


def test_a_line_that_moves_is_noticed() -> None:
    one, other = (Image.new("RGB", (300, 100), "white") for _ in range(2))
    one.paste("black", (20, 50, 280, 52))
    other.paste("black", (20, 53, 280, 55))
    assert apart(one, one) == 0
    assert apart(one, other) > MOST_STRONG
