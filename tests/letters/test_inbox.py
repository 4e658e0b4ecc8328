"""What of a mailbox is for us, and what is answered."""

from numirror.kernel.letter import Correspondent, Cursor, Letter, Receipt
from numirror.shell.letters import Inbox, Opened

ADA, BOB = "ada@example.com", "bob@example.com"


def inbox(*enclosed: Letter | Receipt, sender: str = BOB, stream: str = "social") -> Inbox:
    return Inbox.of([Opened(b"1-0", sender, stream, one) for one in enclosed], "social", ADA)


def test_nobody_writes_to_themselves_and_every_domain_has_its_own_letters() -> None:
    for one in (inbox(Letter("l", 1, 0, 1), sender=ADA), inbox(Receipt(Cursor("l", 1)), stream="bingo")):
        assert list(one.lines()) == []
        assert one.noted("l", 9) == {}


def test_letters_of_a_log_are_in_order_and_each_once() -> None:
    found = inbox(Letter("l", 5, 2, 2), Letter("l", 2, 0, 1), Letter("m", 1, 0, 1), Letter("l", 5, 2, 2))
    assert [[letter.number for letter in letters] for _, letters in found.lines()] == [[2, 5], [1]]


def test_a_receipt_counts_for_the_log_and_the_letters_that_we_have() -> None:
    mine = Receipt(Cursor("l", 7, 3), again=True)
    assert inbox(mine, Receipt(Cursor("other", 9)), Receipt(Cursor("l", 10))).noted("l", 9) == {BOB: mine}


def test_what_is_missing_is_asked_for_and_what_was_not_wanted_is_not() -> None:
    known = {BOB: Correspondent(received=Cursor("l", 5, 2), is_answered=True)}

    def again(*letters: Letter) -> bool:
        ((_, receipt),) = inbox(*letters).answers(known)
        return receipt.again

    assert again(Letter("l", 9, 7, 4))
    assert again(Letter("new", 9, 7, 4))
    assert not again(Letter("l", 5, 3, 2))
    assert not again(Letter("l", 7, 5, 3), Letter("l", 9, 7, 4))
