"""The settings of a process that a test starts or stands for, where nobody else listens."""

from typing import Final

MASTER_KEY: Final = "k1:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="


def settings_of(database: str, redis_url: str, **more: str) -> dict[str, str]:
    """By environment variable; `more` of them, or others."""
    return {
        "NU_ENVIRONMENT": "local",
        "PUBLIC_BASE_URL": "http://127.0.0.1:1",
        "GOOGLE_OAUTH_CLIENT_ID": "client",
        "GOOGLE_ADDON_SERVICE_ACCOUNT": "service@example.com",
        "DATABASE_URL": database,
        "REDIS_URL": redis_url,
        "LLM_MASTER_KEY": MASTER_KEY,
        **more,
    }
