"""Addresses of databases."""

import pytest
from psycopg.conninfo import conninfo_to_dict

from numirror.shell.log import BadDatabaseUrl, Target


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "postgresql://",
        "postgresql://u:s3cret@h",
        "postgresql:///name?host=/run",
        "postgresql://u:s3cret@h:x/name",
        "postgresql://u:s3cret@h,i:1,2/name",
        "postgresql://u:s3cret@h/name?options=-c%20x",
        "postgresql://u:s3cret@h/name?service=x",
        "postgresql://u:s3cret@h/name?passfile=/x",
        "postgresql://u:s3cret@h/name?sslkey=/x",
        "https://u:s3cret@h/name",
    ],
)
def test_a_bad_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(BadDatabaseUrl) as caught:
        Target.parse(url)
    assert "s3cret" not in str(caught.value) and caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("url", "sslmode"),
    [
        ("postgresql://u:s3cret@db.example.com/name", "verify-full"),
        ("postgresql://u:s3cret@db.example.com/name?sslmode=require", "require"),
        ("postgresql://u:s3cret@db.example.com/name?sslmode=verify-ca", "verify-full"),
        ("postgresql://u:s3cret@127.0.0.1/name", "disable"),
        ("postgresql://u:s3cret@localhost/name", "disable"),
        ("postgresql://u:s3cret@/name?host=/run/postgres", "disable"),
    ],
)
def test_what_leaves_this_machine_is_encrypted_and_checked(url: str, sslmode: str) -> None:
    given = conninfo_to_dict(Target.parse(url).conninfo())
    assert given["sslmode"] == sslmode
    assert given["require_auth"] == "scram-sha-256"
    assert (given["passfile"], given["sslcertmode"], given["gssencmode"]) == ("/dev/null", "disable", "disable")
    assert given.get("sslrootcert") == ("system" if sslmode == "verify-full" else None)


def test_odd_passwords_pass_unharmed() -> None:
    given = conninfo_to_dict(Target.parse("postgresql://u:a%20b%27c%5C%22@h/name").conninfo())
    assert given["password"] == "a b'c\\\""


def test_the_same_place_is_the_same_target() -> None:
    url = "postgresql://u:s3cret@h/name"
    assert {Target.parse(url): 1}[Target.parse(url)] == 1
    assert Target.parse(url) != Target.parse(url + "2")
