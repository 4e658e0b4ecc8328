"""What an AI takes is estimated before it is asked: with the price of the person's own account, where it is known."""

import msgspec
import pytest

from numirror import catalog
from numirror.handle import Heads
from numirror.kernel.card import Show
from numirror.kernel.sheet import SheetView
from numirror.shell.ai.prices import AS_OF
from numirror.shell.google.identity import Visitor
from numirror.shell.resources.resolution import NONE, TRIAL, AiConfig, Resource
from numirror.shell.visits import Place, Visit
from numirror.web.event import Incoming
from numirror.web.pages import Ask
from tests.web.test_home import LEASE, NOW, PAGES, SPACE

SHEET = SheetView(("Guests",), "Guests", (("Name", "Likes"), ("Ada", "bees")))


def picked(domain: str, ai: Resource[AiConfig]) -> str:
    """The card on which a row is chosen."""
    ask = Ask(
        Visitor("ada@example.com", "1", "ada@example.com"),
        Incoming({}, {}, "Etc/UTC", "en", "sheet", None, None),
        Place(NOW, "Etc/UTC", "en", "sheet", None),
    )
    visit = Visit("0" * 32, msgspec.structs.replace(LEASE, ai=ai), None, {})
    heads = Heads(SPACE, 0, {one.name: one.decider.initial for one in catalog.DOMAINS})
    return str(PAGES.page(ask, visit, heads, catalog.BY_NAME[domain], Show("pick", {"tab": "Guests"}), SHEET))


@pytest.mark.parametrize("domain", ["stories", "comics"])
@pytest.mark.parametrize(
    ("account", "is_priced"),
    [
        (AiConfig("openai", "k"), True),
        (AiConfig("openai", "k", "gpt-4o-2024-08-06"), True),
        (AiConfig("gemini", "k", "models/gemini-2.5-flash"), True),
        (AiConfig("openai", "k", "a-new-model"), False),
        (AiConfig("openrouter", "k"), False),
        (AiConfig("other", "k", "gpt-4o"), False),
        (AiConfig("openai", "k", "gpt-4o", "https://ai.example.com/v1"), False),
    ],
)
def test_the_price_is_told_where_the_table_has_it_with_its_date(
    domain: str, account: AiConfig, is_priced: bool
) -> None:
    card = picked(domain, Resource(account, "vault"))
    assert "00 tokens" in card
    assert ("US$" in card, f"by the prices of {AS_OF}" in card) == (is_priced, is_priced)
    assert ("not known here" in card) == (not is_priced)


def test_on_the_operators_account_no_price_is_told_and_without_one_nothing() -> None:
    assert "not known here" in picked("stories", TRIAL)
    assert "tokens" not in picked("stories", NONE)
