"""Cards about going away: for a while, with everything, or for good."""

from numirror.kernel.card import (
    RED,
    Button,
    Buttons,
    Card,
    DecoratedText,
    Do,
    Header,
    OpenLink,
    Paragraph,
    Section,
    TextInput,
)
from numirror.shell.account.leaving import Erased
from numirror.web.house.commands import EraseMe, ForgetMe, PutBackVault

_REST = (
    "The database that you used before this one did not answer, so a copy of your log may still be in it. It is yours: "
    "delete it, or run DROP SCHEMA nu CASCADE there."
)


def forget_card() -> Card:
    """What forgetting means, before it is done."""
    return Card(
        "forget",
        Header("Forget me now"),
        (
            Section(
                (
                    Paragraph(
                        "NuMirror's servers drop what they keep to work for you between visits: your sealed lease "
                        "and the read models of the sidebar. Your log, your Sheet and your keys in it stay as they "
                        "are. The next visit begins anew."
                    ),
                    Buttons((Button("Forget me now", Do(ForgetMe), colour=RED),)),
                )
            ),
        ),
    )


def old_vault_card(sentence: str) -> Card:
    """Where the Vault tab was put back or emptied: go on with what is used, or begin anew with the tab as it is."""
    return Card(
        "old_vault",
        Header("Another Vault"),
        (
            Section(
                (
                    Paragraph(sentence),
                    Paragraph("You can go on with all that you use now: it is written into the tab again."),
                    Buttons((Button("Put it back", Do(PutBackVault)),)),
                )
            ),
            Section(
                (
                    Paragraph(
                        "Or was it you who changed the tab? Then forget what you used before, and open NuMirror again. "
                        "A database that the tab does not name is not found any more."
                    ),
                    Buttons((Button("Forget me now", Do(ForgetMe), colour=RED),)),
                )
            ),
        ),
    )


def forgotten_card() -> Card:
    """After forgetting."""
    return Card(
        "forgotten",
        Header("Forgotten"),
        (Section((Paragraph("Nothing of you is kept here now. Open the sidebar again whenever you like."),)),),
    )


def leave_card(export_path: str, import_path: str) -> Card:
    """Taking everything along, bringing it back, and leaving nothing behind."""
    return Card(
        "leave",
        Header("Take along, or leave", "It is all yours"),
        (
            Section(
                (
                    Paragraph(
                        "One .numirror file holds your whole log with its hashes, and your tabs as CSV. Any zip "
                        "program opens it. This link lives ten minutes; whoever has it can read the file."
                    ),
                    Buttons((Button("Download", OpenLink(export_path)),)),
                ),
                "Export",
            ),
            Section(
                (
                    Paragraph(
                        "A .numirror file of yours is read into your log here, if that is empty or the same one. "
                        "This link lives ten minutes, too."
                    ),
                    Buttons((Button("Choose a file", OpenLink(import_path)),)),
                ),
                "Import",
            ),
            Section(
                (
                    Paragraph(
                        "Every row of yours is deleted from your database, and what NuMirror keeps between visits. "
                        "It can't be undone: export first. This Sheet is yours; delete it yourself."
                    ),
                    TextInput("typed", "Your e-mail address, to confirm", limit=254),
                    Buttons((Button("Erase me", Do(EraseMe, keep_input=True, requires=("typed",)), colour=RED),)),
                ),
                "Erase me",
            ),
        ),
    )


def erased_card(erased: Erased) -> Card:
    """What was erased and what is left, to be kept by who left."""
    receipt = erased.receipt
    rest = (Paragraph(_REST),) if erased.is_rest_left else ()
    return Card(
        "erased",
        Header("Erased", f"{receipt.erased_at:%Y-%m-%d %H:%M} UTC"),
        (
            Section(
                (
                    DecoratedText(f"{receipt.count:,} events", top_label="Erased"),
                    DecoratedText(str(receipt.log_id), top_label="Log", wrap=True),
                    DecoratedText(receipt.head_hash or "–", top_label="Its last hash", wrap=True),
                    *rest,
                    Paragraph(
                        "Left: this Sheet with its tabs, files that you exported, and backups of your database's host "
                        "until they run out. Opening NuMirror here again begins anew."
                    ),
                ),
                "Receipt",
            ),
        ),
    )
