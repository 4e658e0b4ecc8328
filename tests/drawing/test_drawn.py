"""What a worker draws: cards get pages as large as they show them, books get all there is; forks load nothing more."""

import io
import subprocess
import sys
import zipfile

from numirror.drawings import drawn
from numirror.kernel.picture import Bars, Panel, Series
from numirror.kernel.picture import ComicPage as Page
from numirror.shell.drawing.raster import size_of

PAGE = Page("A day", 1, 1, (Panel("park"),))

_FORKED = """
import sys
from numirror.drawings import build, drawn
from numirror.kernel.picture import ComicPage, Panel
build(None)
before = set(sys.modules)
drawn("png", (ComicPage("A day \\N{HONEYBEE}", 1, 1, (Panel("park", sound="BUZZ"),)),))
print(sorted(set(sys.modules) - before))
"""


def test_a_page_is_smaller_on_a_card_than_in_a_book() -> None:
    assert size_of(drawn("png", (PAGE,))) == (900, 1273)
    with zipfile.ZipFile(io.BytesIO(drawn("cbz", (PAGE,)))) as book:
        assert size_of(book.read("page-001.png")) == (1200, 1697)
    assert b"/Width 1200 /Height 1697" in drawn("pdf", (PAGE,))
    assert size_of(drawn("png", (Bars("Days", "", ("a",), (Series("", (1,)),)),)))[0] == 600


def test_what_is_loaded_to_draw_is_loaded_before_the_fork() -> None:
    ran = subprocess.run([sys.executable, "-c", _FORKED], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
