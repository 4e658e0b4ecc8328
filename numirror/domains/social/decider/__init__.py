"""The rules of friends and walls."""

from numirror.domains.social.commands import (
    EditPost,
    NoteReceipts,
    PublishPost,
    React,
    ReceiveLetters,
    RetractPost,
    SocialCommand,
    TakeReactionBack,
)
from numirror.domains.social.decider import letters
from numirror.domains.social.decider.evolving import evolve
from numirror.domains.social.decider.friends import decide_friend
from numirror.domains.social.decider.state import Social
from numirror.domains.social.decider.wall import decide_wall
from numirror.domains.social.events import SocialEvent
from numirror.kernel.decider import Decider
from numirror.kernel.errors import Refused
from numirror.kernel.letter import Mail


def decide(state: Social, command: SocialCommand) -> tuple[SocialEvent, ...]:
    """What a wish leads to; () if it is so already. Raises `Refused` with a sentence for the user."""
    match command:
        case ReceiveLetters() | NoteReceipts():
            if command.origin != "worker":
                raise Refused("Letters come by themselves. Refresh to see how things are.")
            return (
                letters.receive(state, command) if isinstance(command, ReceiveLetters) else letters.note(state, command)
            )
        case PublishPost() | EditPost() | RetractPost() | React() | TakeReactionBack():
            return decide_wall(state, command)
        case _:
            return decide_friend(state, command)


DECIDER = Decider(initial=Social(), decide=decide, evolve=evolve)

MAIL: Mail[Social] = Mail(
    told=letters.told,
    serial=lambda state: state.serial,
    correspondents=letters.correspondents,
    receive=letters.receive_command,
    acknowledge=letters.receipts_command,
)
