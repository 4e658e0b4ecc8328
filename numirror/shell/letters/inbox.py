"""The reader's side: what of a mailbox concerns one domain, and what is to be answered."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from numirror.kernel.letter import Correspondent, Cursor, Letter, Receipt
from numirror.shell.letters.mailboxes import Opened


@dataclass(frozen=True, slots=True)
class Inbox:
    """Letters and receipts of one domain, by the address of who wrote them, as they lay in the mailbox."""

    letters: Mapping[str, Sequence[Letter]]
    receipts: Mapping[str, Sequence[Receipt]]

    @classmethod
    def of(cls, opened: Iterable[Opened], stream: str, me: str) -> "Inbox":
        """What is for the domain; nobody writes to themselves."""
        letters: dict[str, list[Letter]] = defaultdict(list)
        receipts: dict[str, list[Receipt]] = defaultdict(list)
        for one in opened:
            if one.stream != stream or one.sender == me:
                continue
            if isinstance(one.enclosed, Letter):
                letters[one.sender].append(one.enclosed)
            else:
                receipts[one.sender].append(one.enclosed)
        return cls(letters, receipts)

    def lines(self) -> Iterator[tuple[str, tuple[Letter, ...]]]:
        """Each sender's letters of one log, in order, each once."""
        for sender, theirs in self.letters.items():
            for line in dict.fromkeys(letter.line for letter in theirs):
                by_number = {letter.number: letter for letter in theirs if letter.line == line}
                yield sender, tuple(by_number[number] for number in sorted(by_number))

    def noted(self, line: str, head: int) -> Mapping[str, Receipt]:
        """What each reader said last of the letters of our log `line`, which ends at `head`.

        Of a log that we had before, or of letters that we never wrote, they may say what they like.
        """
        of_line = {
            sender: [one for one in theirs if one.upto.line == line and one.upto.number <= head]
            for sender, theirs in self.receipts.items()
        }
        return {sender: theirs[-1] for sender, theirs in of_line.items() if theirs}

    def answers(self, correspondents: Mapping[str, Correspondent]) -> Iterator[tuple[str, Receipt]]:
        """What to tell each sender who may know: what we have by now, and whether something is missing before the rest.

        `correspondents` are those after the letters were taken.
        """
        for sender, theirs in self.letters.items():
            known = correspondents.get(sender)
            if known is not None and known.is_answered and not known.is_muted:
                yield sender, _receipt(known.received, theirs)


def said(correspondents: Mapping[str, Correspondent]) -> Iterator[tuple[str, Receipt]]:
    """What to tell everyone without having been written to: where a mailbox was wiped, the rest comes again."""
    for address, known in correspondents.items():
        if known.is_answered and not known.is_muted and known.received.line:
            yield address, Receipt(known.received, again=True)


def _receipt(received: Cursor, letters: Sequence[Letter]) -> Receipt:
    line = letters[-1].line
    upto = received if received.line == line else Cursor(line)
    ahead = [letter for letter in letters if letter.line == line and letter.number > upto.number]
    # The next one may be there and not be taken, such as a request where too many wait: then nothing is missing.
    return Receipt(upto, again=bool(ahead) and all(letter.after != upto.number for letter in ahead))
