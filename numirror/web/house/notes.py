"""What is said to some beside, or instead of, a domain's first card. Light: it is loaded with the first card."""

from numirror.kernel.card import (
    Button,
    Buttons,
    Card,
    DecoratedText,
    Do,
    Header,
    OpenLink,
    Paragraph,
    Section,
    Show,
    Widget,
    shortened,
)
from numirror.shell.account.overview import map_url
from numirror.shell.visits import Place, Visit
from numirror.web.house.answer import HOUSE
from numirror.web.house.commands import MoveHere


def other_map_card(title: str, url: str) -> Card:
    """In an own Sheet, while another one is the Discovery Map."""
    return Card(
        "other_map",
        Header("NuMirror", "Your Discovery Map is another Sheet"),
        (
            Section(
                (
                    Paragraph(
                        f"{shortened(title, 120)} is your Discovery Map. Open it, or let this Sheet take its place."
                    ),
                    Buttons((Button("Open it", OpenLink(url)), Button("Move here", Do(MoveHere)))),
                    Paragraph("Moving takes your settings and sealed keys along. The other Sheet stays as it is."),
                )
            ),
        ),
    )


def begin_anew_card() -> Card:
    """In a Sheet where everything was erased: nothing is made again unless that is wished."""
    return Card(
        "begin_anew",
        Header("NuMirror", "Everything of yours was erased"),
        (
            Section(
                (
                    Paragraph("NuMirror holds nothing of you now. It can begin anew in this Sheet, with an empty log."),
                    Buttons((Button("Begin anew", Do(MoveHere)),)),
                )
            ),
        ),
    )


def notes(visit: Visit, place: Place) -> tuple[Section, ...]:
    """What stands below the first card for some."""
    lease = visit.lease
    widgets: list[Widget] = []
    if place.sheet_id and place.sheet_id != lease.spreadsheet_id:
        link = OpenLink(map_url(lease.spreadsheet_id))
        widgets.append(DecoratedText("Your Discovery Map is another Sheet.", bottom_label="Open it", on_click=link))
    if visit.is_lane_closed:
        said = "Google does not let your service account write this Sheet."
        widgets.append(DecoratedText(said, bottom_label="See what is wrong", on_click=Show(f"{HOUSE}.google")))
    if lease.is_read_only:
        widgets.append(
            Paragraph(
                "Your database was brought up to date by a newer NuMirror than this one. Everything can be read; "
                "to change something, wait until this one is updated too."
            )
        )
    if lease.storage.source == "trial":
        said = "Trial: your log lies in a shared database. Bring your own: Connections, in the menu of the add-on."
        widgets.append(Paragraph(said))
    return (Section(tuple(widgets)),) if widgets else ()
