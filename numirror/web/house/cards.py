"""Cards about whose database, whose keys: what is used, from where, and how to bring one's own."""

from datetime import datetime

import msgspec

from numirror.kernel.card import (
    GREEN,
    RED,
    Button,
    Buttons,
    Card,
    DecoratedText,
    Do,
    Header,
    Item,
    OpenLink,
    Paragraph,
    Section,
    Select,
    Show,
    Text,
    TextInput,
    Widget,
    coloured,
    shortened,
)
from numirror.shell.account.overview import Overview, Proposal, Shown
from numirror.shell.checks import Line, Report
from numirror.shell.resources.resolution import Kind
from numirror.web.house.commands import (
    AcceptOverride,
    CheckAgain,
    MoveHere,
    MoveKey,
    RepairMap,
    ShareSheet,
    StopUsing,
    UnshareSheet,
    UseAi,
    UseDatabase,
    UseRedis,
    UseServiceAccount,
    VerifyLog,
)
from numirror.web.house.words import age

NAMES: dict[Kind, str] = {"database": "Database", "redis": "Read models", "ai": "AI account", "google": "Google"}
_PROVIDERS = (("openai", "OpenAI"), ("openrouter", "OpenRouter"), ("gemini", "Google Gemini"), ("other", "Another one"))
_LIMIT = 4_096


def connections_card(overview: Overview, now: datetime) -> Card:
    """Every resource with its source, and whatever waits for the person."""
    rows = tuple(_row(one, now) for one in overview.resources)
    here = () if overview.is_here else (_elsewhere(overview.map_url),)
    return Card(
        "connections",
        Header("Connections", "Whose database, whose keys"),
        (
            *here,
            *_waiting(overview),
            Section(rows),
            Section(
                (
                    Paragraph("A click on a line shows more, and lets you bring your own."),
                    Buttons(
                        (
                            Button("Verify my log", Do(VerifyLog)),
                            Button("Export or leave", Show("leave")),
                            Button("Forget me now", Show("forget")),
                        )
                    ),
                ),
                "Yours",
            ),
        ),
    )


def resource_card(shown: Shown, now: datetime) -> Card:
    """One resource: what it is for, how it does, and how to bring another."""
    stop = (Button("Stop using", Do(StopUsing, {"kind": shown.kind})),) if _can_stop(shown) else ()
    again = (Button("Check again", Do(CheckAgain, {"kind": shown.kind})),) if shown.source in ("vault", "meta") else ()
    buttons: tuple[Widget, ...] = (Buttons((*again, *stop)),) if again or stop else ()
    return Card(
        shown.kind,
        Header(NAMES[shown.kind], said_of(shown, now)),
        (Section((Paragraph(_EXPLAINED[shown.kind]), *buttons)), _bring(shown.kind)),
    )


def google_card(overview: Overview, now: datetime) -> Card:
    """The ways of workers into the Sheet."""
    card = resource_card(overview.of("google"), now)
    if not overview.platform_email:
        return card
    if overview.shared:
        said, button = "Your Sheet is shared with NuMirror's account:", Button("Take that back", Do(UnshareSheet))
    else:
        said, button = "Or let NuMirror's account write this Sheet, and no other:", Button("Share", Do(ShareSheet))
    shared = Section((Paragraph(f"{said} {overview.platform_email}"), Buttons((button,))), "Share this Sheet")
    return msgspec.structs.replace(card, sections=(*card.sections, shared))


def first_database_card() -> Card:
    """Where the operator offers no trial: the first thing is a database."""
    lead = Paragraph("Almost there. NuMirror keeps nothing of yours: please bring the database that your log lives in.")
    return Card("first_database", Header("Your database"), (Section((lead,)), _bring("database")))


def lost_database_card() -> Card:
    """Where somebody's own database is not known any more: no other one takes its place."""
    lead = Paragraph(
        "The address of your database can't be read in your Vault tab any more. Your log is safe where it is: please "
        "enter the address again. If somebody changed the tab, the Sheet's version history has it as it was."
    )
    return Card("lost_database", Header("Your database"), (Section((lead,)), _bring("database")))


def report_card(report: Report) -> Card:
    """A check, line by line; the first red one says what helps."""
    rows = tuple(_line(line) for line in report.lines)
    title = "All well" if report.ok else "Not yet"
    return Card("report", Header(title, "Checked just now"), (Section(rows),))


def said_of(shown: Shown, now: datetime) -> str:
    """`yours (vault), checked 2 minutes ago, 14 ms`."""
    if shown.source == "trial":
        return "trial, shared"
    if shown.source == "none":
        return "none yet"
    if shown.source == "lost":
        return "yours, but it can't be read: enter it again"
    if shown.checked_at is None:
        return f"yours ({shown.source})"
    return f"yours ({shown.source}), checked {age(now - shown.checked_at)}, {shown.milliseconds:.0f} ms"


def _row(shown: Shown, now: datetime) -> DecoratedText:
    return DecoratedText(
        shown.where or ("Shared by everybody on trial" if shown.source == "trial" else "Not set up"),
        top_label=NAMES[shown.kind],
        bottom_label=said_of(shown, now),
        wrap=True,
        on_click=Show(shown.kind),
    )


def _elsewhere(url: str) -> Section:
    buttons = Buttons((Button("Open it", OpenLink(url)), Button("Move here", Do(MoveHere))))
    return Section((Paragraph("Your Discovery Map is another Sheet than this one."), buttons))


def _waiting(overview: Overview) -> tuple[Section, ...]:
    widgets: list[Widget] = [widget for one in overview.proposals for widget in _proposal(one)]
    for one in overview.open_keys:
        move = MoveKey, {"kind": one.kind, "fingerprint": one.fingerprint}
        widgets.append(Paragraph(f"{NAMES[one.kind]}: a secret stands in the open in Meta. The vault keeps it sealed."))
        widgets.append(Buttons((Button("Move it into the vault", Do(*move)),)))
    widgets += [
        Paragraph(f"{shortened(name, 60)} in the vault can't be opened. Please enter it again.")
        for name in overview.unreadable[:4]
    ]
    widgets += [Paragraph(shortened(sentence, 300)) for sentence in overview.problems[:8]]
    if overview.problems:
        widgets.append(Buttons((Button("Repair what can be repaired", Do(RepairMap)),)))
    return (Section(tuple(widgets), "Waiting for you"),) if widgets else ()


def _proposal(one: Proposal) -> tuple[Widget, ...]:
    if not one.fingerprint:
        return (Paragraph(f"{NAMES[one.kind]}: what stands in Meta can't be used. {one.why}"),)
    yes = AcceptOverride, {"kind": one.kind, "fingerprint": one.fingerprint}
    return (
        Paragraph(f"{NAMES[one.kind]}: Meta names {shortened(one.where, 120)}. It is not used before you say yes."),
        Buttons((Button("Yes, that is mine", Do(*yes), colour=GREEN),)),
    )


def _line(line: Line) -> DecoratedText:
    text: Text
    match line.ok:
        case True:
            text, below = coloured(f"✓ {line.name}", GREEN), line.sentence
        case False:
            text, below = coloured(f"✗ {line.name}", RED), line.sentence
        case None:
            text, below = f"– {line.name}", ""
    spent = "" if line.ok is None else f"{line.milliseconds:.0f} ms"
    return DecoratedText(text, top_label=spent, bottom_label=shortened(below, 500), wrap=True)


def _can_stop(shown: Shown) -> bool:
    return shown.kind != "database" and shown.source in ("vault", "lost")


_EXPLAINED: dict[Kind, str] = {
    "database": "Your log lives here: everything you ever did in NuMirror. Any PostgreSQL 14 or newer with TLS will "
    "do. When you bring your own, your whole log moves there.",
    "redis": "What the sidebar shows at once is kept here for quick openings. It can always be drawn anew from your "
    "log.",
    "ai": "Stories are told by your own account, at your own price. The key is kept sealed in your Vault tab.",
    "google": "To draw your tabs while you are away, workers need a way into this Sheet. A Google service account of "
    "your own has its own quota. Without one, they work for about an hour after each visit.",
}


def _bring(kind: Kind) -> Section:
    match kind:
        case "database":
            hint = "postgresql://user:password@host:5432/name"
            return _one_line("address", "Address of your PostgreSQL", hint, Do(UseDatabase, requires=("address",)))
        case "redis":
            hint = "rediss://user:password@host:6379/0"
            return _one_line("address", "Address of your Redis", hint, Do(UseRedis, requires=("address",)))
        case "google":
            hint = "The whole JSON key file, from the Google Cloud console"
            return _one_line("file", "Key of your service account", hint, Do(UseServiceAccount, requires=("file",)))
        case "ai":
            return _ai_form()


def _one_line(name: str, label: str, hint: str, use: Do) -> Section:
    typed = TextInput(name, label, hint=hint, limit=_LIMIT, multiline=name == "file")
    return Section((typed, Buttons((Button("Check and use", use),))), "Bring your own")


def _ai_form() -> Section:
    items = tuple(Item(text, value, selected=value == "openai") for value, text in _PROVIDERS)
    return Section(
        (
            Select("provider", "Provider", items),
            TextInput("key", "Key", hint="It is sealed before it is kept", limit=_LIMIT),
            TextInput("model", "Model (optional)", limit=200),
            TextInput("base_url", "Address (only for another provider)", hint="https://…/v1", limit=500),
            Buttons((Button("Check and use", Do(UseAi, requires=("key",))),)),
        ),
        "Bring your own",
    )
