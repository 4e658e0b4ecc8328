"""The settings of the `Meta` tab: their keys, and the words that explain them."""

import re
from dataclasses import dataclass

LONGEST = 4_096
"""Characters of a setting."""

_PROVIDERS = ("openai", "openrouter", "gemini", "other")
_HOURS = tuple(str(hour) for hour in range(24))


@dataclass(frozen=True, slots=True)
class Key:
    """A setting that NuMirror knows. `choices` are its values where they can be counted, `takes` says so in words."""

    name: str
    note: str
    takes: str = ""
    choices: tuple[str, ...] = ()
    pattern: str = ""
    first: str = ""

    def is_value(self, value: str) -> bool:
        """Whether a person may have meant this."""
        if self.choices:
            return value in self.choices
        return not self.pattern or re.fullmatch(self.pattern, value) is not None


KEYS = (
    Key(
        "DATABASE_URL",
        "Your own PostgreSQL: postgresql://user:password@host:5432/database. Empty: the sidebar says what is used.",
    ),
    Key("REDIS_URL", "Your own Redis, for quick cards: rediss://user:password@host:6379/0. May stay empty."),
    Key("AI_PROVIDER", "Who tells your stories.", "openai, openrouter, gemini or other", choices=_PROVIDERS),
    Key("AI_KEY", "Your key at that provider. The sidebar offers to seal it in Vault and to empty this cell."),
    Key("AI_MODEL", "The model to ask. Empty: the provider's usual one."),
    Key("AI_BASE_URL", "Only for the provider other: the https:// address of a server that speaks OpenAI's protocol."),
    Key("DAY_START", "The hour at which your day begins. Empty: 0, midnight.", "an hour, 0 to 23", choices=_HOURS),
    Key(
        "LANGUAGE",
        "The language of the sidebar. Empty: that of your Google account.",
        "a code such as en or de-AT",
        pattern=r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*",
    ),
    Key("map_version", "Made by NuMirror; please leave as it is.", first="1"),
)

BY_NAME = {key.name.casefold(): key for key in KEYS}
"""People type keys in small letters too."""
