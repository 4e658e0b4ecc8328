"""Databases that users bring: what is doubtful is refused with its code, before anything is looked up or dialled."""

import traceback

import pytest
from psycopg.conninfo import conninfo_to_dict

from numirror.shell.log.target import Target
from numirror.shell.resources.guard.guard import Guard
from numirror.shell.resources.guard.refusals import SENTENCES, TargetRefused
from numirror.shell.resources.guard.targets import parse_database_url

OWNER = "ada@example.com"
LOGIN = "postgresql://ada:s3cret@"
GOOD = f"{LOGIN}db.example.com:6543/app"

BAD = {
    "empty": ("", "not_postgres"),
    "nonsense": ("nonsense", "not_postgres"),
    "key-value-form": ("host=db.example.com user=ada password=s3cret dbname=app", "not_postgres"),
    "other-scheme": ("mysql://ada:s3cret@db.example.com/app", "not_postgres"),
    "driver-in-scheme": ("postgresql+psycopg://ada:s3cret@db.example.com/app", "not_postgres"),
    "jdbc": ("jdbc:postgresql://ada:s3cret@db.example.com/app", "not_postgres"),
    "space-before": (f" {GOOD}", "not_postgres"),
    "one-slash": ("postgresql:/ada:s3cret@db.example.com/app", "not_postgres"),
    "too-long": (f"{GOOD}{'a' * 4096}", "too_long"),
    "space-after": (f"{GOOD} ", "bad_character"),
    "newline": (f"{GOOD}\nhost=127.0.0.1", "bad_character"),
    "tab-in-host": (f"{LOGIN}db.exa\tmple.com/app", "bad_character"),
    "nul": (f"{GOOD}\0", "bad_character"),
    "non-ascii-password": ("postgresql://ada:s3crét@db.example.com/app", "bad_character"),
    "circled-digits": (f"{LOGIN}①②⑦.⓪.⓪.①/app", "bad_character"),
    "fullwidth-dot": (f"{LOGIN}db。example.com/app", "bad_character"),
    "lone-surrogate": (f"{LOGIN}db\ud800.example.com/app", "bad_character"),
    "hash-in-password": ("postgresql://ada:s3#cret@db.example.com/app", "fragment_not_allowed"),
    "at-in-password": ("postgresql://ada:s3@cret@db.example.com/app", "two_ats"),
    "two-hosts-by-at": (f"{LOGIN}db.example.com@127.0.0.1/app", "two_ats"),
    "two-hosts": (f"{LOGIN}db.example.com,127.0.0.1/app", "two_hosts"),
    "two-hosts-and-ports": (f"{LOGIN}db.example.com:5432,127.0.0.1:5432/app", "two_hosts"),
    "no-host": (f"{LOGIN}/app", "no_host"),
    "no-host-but-port": (f"{LOGIN}:5432/app", "no_host"),
    "unix-socket": (f"{LOGIN}%2Frun%2Fpostgresql/app", "bad_host"),
    "underscore": (f"{LOGIN}my_db.example.com/app", "bad_host"),
    "empty-label": (f"{LOGIN}db..example.com/app", "bad_host"),
    "trailing-dot": (f"{LOGIN}db.example.com./app", "bad_host"),
    "leading-dot": (f"{LOGIN}.example.com/app", "bad_host"),
    "leading-hyphen": (f"{LOGIN}-db.example.com/app", "bad_host"),
    "label-of-64": (f"{LOGIN}{'a' * 64}.example.com/app", "bad_host"),
    "name-of-255": (f"{LOGIN}{'a.' * 126}com/app", "bad_host"),
    "short-loopback": (f"{LOGIN}127.1/app", "bad_host"),
    "hex-loopback": (f"{LOGIN}0x7f000001/app", "bad_host"),
    "hex-part": (f"{LOGIN}127.0.0.0x1/app", "bad_host"),
    "integer-loopback": (f"{LOGIN}2130706433/app", "bad_host"),
    "octal-loopback": (f"{LOGIN}0177.0.0.1/app", "bad_host"),
    "backslash": (f"{LOGIN}db.example.com\\.evil.com/app", "bad_host"),
    "percent-in-host": (f"{LOGIN}db%2eexample.com/app", "bad_host"),
    "name-in-brackets": (f"{LOGIN}[db.example.com]/app", "bad_host"),
    "bare-ipv6": (f"{LOGIN}2606:4700::1111/app", "bad_host"),
    "open-bracket": (f"{LOGIN}[2606:4700::1111/app", "bad_host"),
    "after-bracket": (f"{LOGIN}[2606:4700::1111]x/app", "bad_host"),
    "localhost": (f"{LOGIN}localhost/app", "host_not_public"),
    "localhost-in-capitals": (f"{LOGIN}LocalHost/app", "host_not_public"),
    "below-localhost": (f"{LOGIN}db.localhost/app", "host_not_public"),
    "neighbour": (f"{LOGIN}postgres/app", "host_not_public"),
    "internal": (f"{LOGIN}metadata.google.internal/app", "host_not_public"),
    "home-network": (f"{LOGIN}nas.home.arpa/app", "host_not_public"),
    "multicast-dns": (f"{LOGIN}printer.local/app", "host_not_public"),
    "loopback": (f"{LOGIN}127.0.0.1/app", "host_not_public"),
    "unspecified": (f"{LOGIN}0.0.0.0/app", "host_not_public"),
    "private": (f"{LOGIN}10.0.0.5/app", "host_not_public"),
    "metadata": (f"{LOGIN}169.254.169.254/app", "host_not_public"),
    "carrier-nat": (f"{LOGIN}100.64.0.1/app", "host_not_public"),
    "ipv6-loopback": (f"{LOGIN}[::1]/app", "host_not_public"),
    "mapped-loopback": (f"{LOGIN}[::ffff:127.0.0.1]/app", "host_not_public"),
    "unique-local": (f"{LOGIN}[fd00:ec2::254]/app", "host_not_public"),
    "link-local-with-scope": (f"{LOGIN}[fe80::1%eth0]/app", "host_not_public"),
    "port-0": (f"{LOGIN}db.example.com:0/app", "bad_port"),
    "port-65536": (f"{LOGIN}db.example.com:65536/app", "bad_port"),
    "port-with-sign": (f"{LOGIN}db.example.com:+5432/app", "bad_port"),
    "port-with-zero": (f"{LOGIN}db.example.com:05432/app", "bad_port"),
    "port-empty": (f"{LOGIN}db.example.com:/app", "bad_port"),
    "two-ports": (f"{LOGIN}db.example.com:5432:5432/app", "bad_port"),
    "no-login": ("postgresql://db.example.com/app", "no_password"),
    "no-password": ("postgresql://ada@db.example.com/app", "no_password"),
    "empty-password": ("postgresql://ada:@db.example.com/app", "no_password"),
    "no-user": ("postgresql://:s3cret@db.example.com/app", "no_user"),
    "user-that-hides": ("postgresql://ada%E2%80%AE:s3cret@db.example.com/app", "bad_user"),
    "nul-in-user": ("postgresql://ada%00:s3cret@db.example.com/app", "bad_user"),
    "nul-in-password": ("postgresql://ada:s3cret%00@db.example.com/app", "bad_password"),
    "newline-in-password": ("postgresql://ada:s3cret%0A@db.example.com/app", "bad_password"),
    "half-percent": ("postgresql://ada:s3cret%4@db.example.com/app", "bad_percent"),
    "percent-no-hex": ("postgresql://ada:s3cret%zz@db.example.com/app", "bad_percent"),
    "percent-no-utf8": ("postgresql://ada:s3cret%FF@db.example.com/app", "bad_percent"),
    "percent-surrogate": ("postgresql://ada:s3cret%ED%A0%80@db.example.com/app", "bad_percent"),
    "no-database": (f"{LOGIN}db.example.com", "bad_database"),
    "empty-database": (f"{LOGIN}db.example.com/", "bad_database"),
    "two-databases": (f"{LOGIN}db.example.com/app/app", "bad_database"),
    "database-as-parameters": (f"{LOGIN}db.example.com/host%3D127.0.0.1", "bad_database"),
    "database-as-url": (f"{LOGIN}db.example.com/postgresql:%2F%2F127.0.0.1", "bad_database"),
    "nul-in-database": (f"{LOGIN}db.example.com/app%00", "bad_database"),
    "database-of-64": (f"{LOGIN}db.example.com/{'a' * 64}", "bad_database"),
    "host": (f"{GOOD}?host=127.0.0.1", "key_not_allowed"),
    "hostaddr": (f"{GOOD}?hostaddr=127.0.0.1", "key_not_allowed"),
    "port": (f"{GOOD}?port=22", "key_not_allowed"),
    "service": (f"{GOOD}?service=other", "key_not_allowed"),
    "passfile": (f"{GOOD}?passfile=/etc/passwd", "key_not_allowed"),
    "sslkey": (f"{GOOD}?sslkey=/etc/ssl/key.pem", "key_not_allowed"),
    "sslrootcert": (f"{GOOD}?sslrootcert=/tmp/ca.pem", "key_not_allowed"),
    "require_auth": (f"{GOOD}?require_auth=password", "key_not_allowed"),
    "load_balance_hosts": (f"{GOOD}?load_balance_hosts=random", "key_not_allowed"),
    "options-as-settings": (f"{GOOD}?options=-c%20role%3Dpostgres", "key_not_allowed"),
    "key-in-capitals": (f"{GOOD}?SSLMODE=require", "key_not_allowed"),
    "encoded-key": (f"{GOOD}?%68ostaddr=127.0.0.1", "key_not_allowed"),
    "empty-query": (f"{GOOD}?", "key_not_allowed"),
    "semicolon": (f"{GOOD}?sslmode=require;hostaddr=127.0.0.1", "bad_value"),
    "second-question-mark": (f"{GOOD}?sslmode=require?hostaddr=127.0.0.1", "bad_value"),
    "key-twice": (f"{GOOD}?sslmode=verify-full&sslmode=require", "key_twice"),
    "tls-off": (f"{GOOD}?sslmode=disable", "tls_needed"),
    "tls-by-chance": (f"{GOOD}?sslmode=prefer", "tls_needed"),
    "tls-by-chance-here": (f"{LOGIN}127.0.0.1/app?sslmode=prefer", "tls_needed"),
    "tls-off-here": (f"{LOGIN}127.0.0.1/app?sslmode=disable", "host_not_public"),
    "tls-unwanted": (f"{GOOD}?sslmode=allow", "tls_needed"),
    "sslmode-odd": (f"{GOOD}?sslmode=no", "bad_value"),
    "sslmode-empty": (f"{GOOD}?sslmode", "bad_value"),
    "binding-off": (f"{GOOD}?channel_binding=disable", "bad_value"),
    "negotiation-odd": (f"{GOOD}?sslnegotiation=none", "bad_value"),
    "endpoint-with-settings": (f"{GOOD}?options=endpoint%3Dep-1%20-c%20role%3Dpostgres", "bad_value"),
    "endpoint-empty": (f"{GOOD}?options=endpoint%3D", "bad_value"),
}


@pytest.mark.parametrize(("text", "code"), BAD.values(), ids=BAD)
def test_a_bad_address_is_refused_and_not_repeated(text: str, code: str, deaf_guard: Guard) -> None:
    with pytest.raises(TargetRefused) as caught:
        deaf_guard.admit_target(parse_database_url(text, OWNER))
    assert caught.value.code == code
    assert str(caught.value) == SENTENCES[code]
    assert "s3" not in "".join(traceback.format_exception_only(caught.value))
    assert caught.value.__cause__ is None and caught.value.__context__ is None
    assert caught.value.permanent


def test_the_parts_come_out_as_they_are() -> None:
    assert parse_database_url(GOOD, OWNER) == Target(
        "db.example.com", 6543, "app", "ada", parse_database_url(GOOD, OWNER).password, owner=OWNER
    )
    assert str(parse_database_url(GOOD, OWNER).password) == "s3cret"
    assert "s3cret" not in repr(parse_database_url(GOOD, OWNER))


@pytest.mark.parametrize(
    ("text", "part", "value"),
    [
        ("postgres://ada:s3cret@db.example.com/app", "port", 5432),
        (f"{LOGIN}DB.Example.COM/app", "host", "db.example.com"),
        (f"{LOGIN}{'a.' * 125}com/app", "host", f"{'a.' * 125}com"),
        (f"{LOGIN}{'a' * 63}.example.com/app", "host", f"{'a' * 63}.example.com"),
        (f"{LOGIN}xn--bcher-kva.example/app", "host", "xn--bcher-kva.example"),
        (f"{LOGIN}93.184.216.34/app", "host", "93.184.216.34"),
        (f"{LOGIN}[2606:4700:0::1111]:5433/app", "host", "2606:4700::1111"),
        (f"{LOGIN}db.example.com:65535/app", "port", 65535),
        (f"{LOGIN}db.example.com/a%20b", "dbname", "a b"),
        ("postgresql://ada%40server:s3cret@db.example.com/app", "user", "ada@server"),
        ("postgresql://postgres.abc:s3cret@db.example.com/app", "user", "postgres.abc"),
        ("postgresql://ada:%40%23%2F%25%20%3A%C3%A9@db.example.com/app", "password", "@#/% :é"),
        ("postgresql://ada:a:b+c%2Bd@db.example.com/app", "password", "a:b+c+d"),
        (GOOD, "sslmode", ""),
        (f"{GOOD}?sslmode=require", "sslmode", "require"),
        (f"{GOOD}?channel_binding=require&sslmode=verify-ca", "sslmode", "verify-ca"),
        (f"{GOOD}?sslmode=require&channel_binding=require", "channel_binding", "require"),
        (f"{GOOD}?sslnegotiation=direct", "sslnegotiation", "direct"),
        (f"{GOOD}?options=endpoint%3Dep-mute-recipe-123456", "endpoint", "ep-mute-recipe-123456"),
        (f"{GOOD}?options=endpoint=ep-1", "endpoint", "ep-1"),
    ],
)
def test_a_good_address_gives_its_parts(text: str, part: str, value: object) -> None:
    assert getattr(parse_database_url(text, OWNER), part) == value


def test_what_libpq_is_told_is_what_was_checked() -> None:
    target = Guard(resolve=lambda name, owner: {"db.example.com": "93.184.216.34"}[name]).admit_target(
        parse_database_url("postgresql://a%20b:c'd%5C%20host%3Dx@db.example.com/my%20db", OWNER)
    )
    given = conninfo_to_dict(target.conninfo())
    assert (given["host"], given["hostaddr"], given["dbname"]) == ("db.example.com", "93.184.216.34", "my db")
    assert (given["user"], given["password"], given["sslmode"]) == ("a b", "c'd\\ host=x", "verify-full")
