"""Cards of the house itself: welcome, help, and what went wrong."""

from numirror.kernel.card import (
    AskForFile,
    Button,
    Buttons,
    Card,
    Header,
    Paragraph,
    Section,
    Show,
    Widget,
    bold,
    joined,
)


def welcome_card() -> Card:
    """The first thing a new person sees, in a Sheet that NuMirror may not use yet."""
    return Card(
        "welcome",
        Header("NuMirror", "Your tasks, in your own Sheet"),
        (
            Section(
                (
                    Paragraph(
                        "This Sheet can become your Discovery Map: a private place where NuMirror shows your tasks and "
                        "finds your data. Nothing is stored anywhere else than where you say."
                    ),
                    Paragraph("NuMirror will add tabs of its own. Other tabs stay as they are."),
                    Buttons((Button("Start with this Sheet", AskForFile()),)),
                )
            ),
        ),
    )


def guest_card() -> Card:
    """In a Sheet that belongs to somebody else, nothing is shown and nothing is written."""
    return Card(
        "guest",
        Header("NuMirror", "This Sheet is somebody else's"),
        (
            Section(
                (
                    Paragraph(
                        "A Discovery Map belongs to one person. To keep your tasks to yourself, open one of your own "
                        "(a new, empty one will do) and start NuMirror there."
                    ),
                )
            ),
        ),
    )


def help_card() -> Card:
    return Card(
        "help",
        Header("Help", "NuMirror in a minute"),
        (
            Section(
                (
                    Paragraph(joined(bold("Add"), ": type what is to be done, pick a day if it has one, press Add.")),
                    Paragraph(
                        joined(bold("Finish"), ": tick the box. A click on a task opens it: rename it or delete it.")
                    ),
                    Paragraph(
                        joined(bold("Changed your mind?"), " Closed lately brings back what was done or deleted.")
                    ),
                    Paragraph(joined(bold("Your data"), ": every step is kept in your database; the tabs mirror it.")),
                    Paragraph(
                        joined(bold("More"), ": the last lines and buttons of the first card lead to everything else.")
                    ),
                )
            ),
        ),
    )


def error_card(sentence: str, reference: str, *, again: bool = False) -> Card:
    """What went wrong, what to do, and the number under which it stands in the logs. `again` offers to try again."""
    told: list[Widget] = [Paragraph(sentence), Paragraph(f"Reference: {reference}")]
    if again:
        told.append(Buttons((Button("Try again", Show("home")),)))
    return Card("error", Header("That did not work"), (Section(tuple(told)),))
