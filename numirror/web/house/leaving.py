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
from numirror.shell.account.leaving import Receipt
from numirror.web.house.commands import EraseMe, ForgetMe


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


def vault_old_card(sentence: str) -> Card:
    """Where the Vault tab was put back: undo it, or begin anew with it as it is."""
    return Card(
        "vault_old",
        Header("An older Vault"),
        (
            Section(
                (
                    Paragraph(sentence),
                    Paragraph("Was it you? Then forget what was known before, and open NuMirror again."),
                    Buttons((Button("Forget me now", Do(ForgetMe)),)),
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


def erased_card(receipt: Receipt) -> Card:
    """What was erased and what is left, to be kept by who left."""
    return Card(
        "erased",
        Header("Erased", f"{receipt.erased_at:%Y-%m-%d %H:%M} UTC"),
        (
            Section(
                (
                    DecoratedText(f"{receipt.count:,} events", top_label="Erased"),
                    DecoratedText(str(receipt.log_id), top_label="Log", wrap=True),
                    DecoratedText(receipt.head_hash or "–", top_label="Its last hash", wrap=True),
                    Paragraph(
                        "Left: this Sheet with its tabs, files that you exported, and backups of your database's host "
                        "until they run out. Opening NuMirror here again begins anew."
                    ),
                ),
                "Receipt",
            ),
        ),
    )
