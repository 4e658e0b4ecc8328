"""Whose access token a request carries."""

from werkzeug.wrappers import Request

from simulator.identity import scopes
from simulator.identity.people import People, Person


def caller(request: Request, people: People) -> Person | None:
    """The person behind the token in the header, or in the query as `access_token`; None for no token or an unknown."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        token = request.args.get("access_token", "")
    token = token.strip()
    return (people.by_token(token) or scopes.holder(token, people)) if token else None
