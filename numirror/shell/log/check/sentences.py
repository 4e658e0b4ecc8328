"""What a red line says: one sentence for each cause. No word of the server ever gets in."""

import re

from numirror.shell.checks import CheckFailed

SENTENCES = {
    "altered": "The guards of the tables in the schema nu are not as NuMirror made them. Undo what was changed there, "
    "or choose another database.",
    "busy": "Somebody holds the tables of NuMirror just now. Please check again in a moment.",
    "changed_row": "The database stored something else than it was given. Look for triggers, rules or changed column "
    "types on the tables of the schema nu and remove them.",
    "channel_binding": "The server can't bind the login to the encrypted connection. Please remove channel_binding "
    "from the address, or ask your provider.",
    "clock": "The clock of the database is more than a minute away from ours. Please have your provider set its time.",
    "closed": "The server hung up. Please check host and port, and that your database is not paused, then try again.",
    "costly_login": "The server wants the password hashed more than 100,000 times for each login. Please set "
    "scram_iterations = 4096 there and set your password anew.",
    "few_connections": "Fewer than 5 connections are free. Close other programs that use this database, or raise its "
    "connection limit.",
    "full": "The database takes no more connections. Close other programs that use it, or raise its connection limit, "
    "then try again.",
    "huge": "The server sent far more than was asked for, so NuMirror hung up. Please check that this is a PostgreSQL "
    "database.",
    "impostor": "The server could not prove that it knows your password, so it may be somebody else's. Please check "
    "the host with your provider.",
    "isolation": "Row-level security does not hold in this database, so people could not be kept apart. Please choose "
    "a PostgreSQL where it does.",
    "late": "The database did not answer in time. Please check that it is running and not paused, then try again.",
    "newer": "The tables in this database were made by a newer NuMirror. Please choose another database, or wait until "
    "this NuMirror is updated.",
    "no_database": "There is no database of this name on the server. Please check the name, or create it first.",
    "no_role": "This user can neither make nor become the role nu_app. Please run as administrator: "
    "CREATE ROLE nu_app NOLOGIN; GRANT nu_app TO your user.",
    "no_schema": "This user can't create the schema nu. Please run as administrator: "
    "GRANT CREATE ON DATABASE your database TO your user.",
    "no_tls": "The connection would not be encrypted. Please turn on TLS at your database, or choose a provider that "
    "offers it.",
    "not_dialled": "There is no checked address for this host. Please enter the address of the database again.",
    "not_let_in": "The server does not let this user in. Please check user name, password and database, and the log of "
    "the database.",
    "not_postgres": "What answers there is not a PostgreSQL database. Please check host and port.",
    "other_schema": "There is a schema nu already that is not this user's or not NuMirror's. Please choose another "
    "database, or rename that schema.",
    "pg_hba": "The server admits no connection from here for this user. Please allow it in the network settings of "
    "your provider, or in pg_hba.conf.",
    "read_only": "This database can only be read. Please use the address of the primary server, and turn off "
    "default_transaction_read_only.",
    "refused": "The database refused a step that NuMirror needs. Please look into the log of the database.",
    "search_path": "The search_path of this user puts another schema before pg_catalog, whose functions could stand "
    "in for PostgreSQL's. Please run: ALTER ROLE your user RESET search_path.",
    "starting": "The database is just starting or stopping. Please try again in a minute.",
    "tls_broken": "The encrypted connection could not be set up. Please check the port, and that the server speaks "
    "TLS 1.2 or newer.",
    "tls_other_name": "The certificate of the server is for another host. Please use the host name that your provider "
    "shows.",
    "tls_untrusted": "The certificate of the server is not signed by a known authority, or has expired. Please renew "
    "it, or use sslmode=require if your provider says so.",
    "triggers": "Somebody's trigger or rule sits on the tables of the schema nu. Please remove it, or choose another "
    "database.",
    "unreachable": "Nothing answers at this host and port. Please check both, and that the firewall of your provider "
    "admits connections from outside.",
    "version": "The server is older than PostgreSQL 14. Please upgrade it, or choose a newer one.",
    "weak_login": "The server wants the password in a form that is not safe, so it was not sent. Please set "
    "password_encryption = 'scram-sha-256' there and set your password anew.",
    "wrong_encoding": "The database does not store UTF-8. Please create one with ENCODING 'UTF8'.",
    "wrong_login": "User name or password are wrong. Please copy both from your provider again.",
}
"""What each code tells the user."""

# libpq gives no SQLSTATE for a connection that fails, so its text is searched. The server wrote part of it, possibly in
# another language or to deceive: it only chooses among our sentences.
_CAUSES = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"does not support SSL", "no_tls"),
        (r"does not match host name", "tls_other_name"),
        (r"certificate verify failed|signature failure", "tls_untrusted"),
        (r"authentication method requirement|mechanisms are supported|not supported by server", "weak_login"),
        (r"channel binding", "channel_binding"),
        (r"incorrect server signature|could not verify server", "impostor"),
        (r"password authentication failed|role .* does not exist|not permitted to log in", "wrong_login"),
        (r"database .* does not exist|no such database", "no_database"),
        (r"too many (clients|connections)|remaining connection slots|no more connections", "full"),
        (r"pg_hba\.conf", "pg_hba"),
        (r"starting up|shutting down|in recovery mode|not yet accepting", "starting"),
        (r"invalid response to SSL|expected authentication request|received invalid|synchronization", "not_postgres"),
        (r"SSL error|SSL SYSCALL", "tls_broken"),
        (r"closed the connection|could not receive|could not send|EOF detected", "closed"),
    )
)

_SQLSTATES = {
    "25P02": "altered",  # what failed before it was the look for a table or function of ours that is gone
    "25006": "read_only",
    "40001": "busy",
    "40P01": "busy",
    "42501": "no_role",
    "42883": "altered",
    "42P01": "altered",
    "42704": "no_role",
    "42P06": "other_schema",
    "53300": "full",
    "55P03": "busy",
    "57014": "busy",
}


def failed(code: str) -> CheckFailed:
    """What a step raises for a cause."""
    return CheckFailed(SENTENCES[code])


def cause_of(text: str, otherwise: str) -> str:
    """The code for what libpq says of a connection that failed."""
    return next((code for pattern, code in _CAUSES if pattern.search(text)), otherwise)


def cause_of_sqlstate(sqlstate: str | None) -> str:
    """The code for a statement that failed. Source: PostgreSQL manual, appendix A."""
    return _SQLSTATES.get(sqlstate or "", "refused")
