"""What a person can wish of others and of the wall, and what a worker brings in."""

from numirror.kernel.decider import Command
from numirror.kernel.letter import Cursor, Letter


class AskFriend(Command, frozen=True):
    """`me` is the address of who asks, which no form can set."""

    address: str = ""
    me: str = ""


class AcceptRequest(Command, frozen=True):
    person_id: str


class DeclineRequest(Command, frozen=True):
    person_id: str


class WithdrawRequest(Command, frozen=True):
    person_id: str


class Unfriend(Command, frozen=True):
    person_id: str


class Block(Command, frozen=True):
    person_id: str


class Unblock(Command, frozen=True):
    person_id: str


class PublishPost(Command, frozen=True):
    """`only` is the id of the one person who may read it, or "all". The post's id comes from the command's id."""

    text: str = ""
    only: str = ""


class EditPost(Command, frozen=True):
    post_id: str
    text: str = ""


class RetractPost(Command, frozen=True):
    post_id: str


class React(Command, frozen=True):
    """To a post of a friend."""

    post_id: str
    reaction: str


class TakeReactionBack(Command, frozen=True):
    post_id: str


class ReceiveLetters(Command, frozen=True):
    """Letters of one person, whose address the seal has proved. In any order, and as often as it may be."""

    sender: str
    letters: tuple[Letter, ...]


class NoteReceipts(Command, frozen=True):
    """What others have of our letters, by their addresses."""

    receipts: dict[str, Cursor]


COMMANDS = (
    AskFriend,
    AcceptRequest,
    DeclineRequest,
    WithdrawRequest,
    Unfriend,
    Block,
    Unblock,
    PublishPost,
    EditPost,
    RetractPost,
    React,
    TakeReactionBack,
    ReceiveLetters,
    NoteReceipts,
)

FriendCommand = AskFriend | AcceptRequest | DeclineRequest | WithdrawRequest | Unfriend | Block | Unblock
WallCommand = PublishPost | EditPost | RetractPost | React | TakeReactionBack
SocialCommand = FriendCommand | WallCommand | ReceiveLetters | NoteReceipts
