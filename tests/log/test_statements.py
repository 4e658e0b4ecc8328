"""No statement of the project is written without its tenant, and none is written elsewhere than in the registry."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import numirror
from numirror.domains.tasks.mirrors import TASKS_TABLE
from numirror.shell.log import migrate, queries
from tests.log.tenancy import leaks

ABOUT_THE_SCHEMA = {"schema_lock", "schema_exists", "schema_state", "schema_numbers", "note_migration"}
SQL = re.compile(r"\b(SELECT|INSERT INTO|UPDATE \w+|DELETE FROM|CREATE TABLE|ALTER TABLE|SET LOCAL|set_config)\b")

STATEMENTS = {
    **{name: one.text for name, one in queries.registry().items() if name not in ABOUT_THE_SCHEMA},
    **{
        f"projection {name}": getattr(queries.for_table(TASKS_TABLE), name).text
        for name in ("upsert", "delete", "select", "changed", "clear")
    },
}


def written(text: bytes) -> str:
    """psycopg's %(name)s as :name, which the parser reads."""
    return re.sub(r"%\((\w+)\)s", r":\1", text.decode()).replace("%%", "%")


def functions() -> dict[str, str]:
    """The bodies of the functions of the migrations, by name; of a function made again, the last."""
    text = "\n".join(one.text.decode() for one in migrate.migrations())
    made = r"CREATE (?:OR REPLACE )?FUNCTION nu\.(\w+)\((?:(?!\$\$).)*\$\$(.*?)\$\$;"
    return dict(re.findall(made, text, re.DOTALL))


def inside(body: str) -> Iterator[str]:
    """The SQL of a plpgsql body, without `INTO variables`."""
    body = re.sub(r"\bINTO [\w, ]+?(?=\s*(FROM\b|;))", "", re.sub(r"--.*", "", body))
    for piece in body.split(";"):
        at = 0
        while found := re.compile(r"\b(SELECT|INSERT INTO|UPDATE nu|DELETE FROM)\b").search(piece, at):
            at = _end(piece, found.start())
            yield piece[found.start() : at]


def _end(text: str, start: int) -> int:
    """Where the parenthesis closes that was open at `start`, or the end."""
    depth = 0
    for at, letter in enumerate(text[start:], start):
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return at
    return len(text)


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_names_its_tenant(name: str) -> None:
    assert leaks(written(STATEMENTS[name]), ":tenant") == []


def test_the_statements_about_the_schema_touch_no_tenant_table() -> None:
    for name in ABOUT_THE_SCHEMA:
        text = queries.named(name).text.decode()
        assert set(re.findall(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+(nu\.\w+)", text)) <= {"nu.migration"}


@pytest.mark.parametrize("name", sorted(functions().keys() - {"only_grows", "enter"}))
def test_a_function_names_its_tenant_in_every_statement(name: str) -> None:
    statements = list(inside(functions()[name]))
    problems = [problem for one in statements for problem in leaks(one, "_tenant")]
    by_sub = ["nu.identity is touched without tenant_id = _tenant"] * 2
    assert statements
    assert problems == (by_sub if name == "identify" else []), "identify alone looks by sub too, fenced by its policy"


def test_a_function_begins_by_becoming_the_tenant() -> None:
    for name, body in functions().items():
        if name != "only_grows":
            lines = [line.strip() for line in body.split("BEGIN\n", 1)[1].splitlines()]
            settings = [line for line in lines if "set_config" in line]
            assert lines[0] == "x := pg_catalog.set_config('nu.tenant', _tenant, true);", name
            assert "'role', 'nu_app', true" in settings[-1], name
            assert lines[: len(settings)] == settings, name


WRONG = {
    "SELECT 1 FROM nu.head": "no condition",
    "SELECT 1 FROM nu.head WHERE tenant_id = :other": "another parameter",
    "SELECT 1 FROM nu.head WHERE tenant_id = :tenant OR true": "an alternative",
    "SELECT 1 FROM nu.head WHERE NOT tenant_id = :tenant": "a negation",
    "SELECT 1 FROM nu.head WHERE tenant_id <> :tenant": "an inequality",
    "SELECT 1 FROM nu.head WHERE position IN (SELECT 1 FROM nu.event_log WHERE tenant_id = :tenant)": "only inside",
    "SELECT 1 FROM nu.head AS h JOIN nu.event_log AS e ON e.position = h.position WHERE h.tenant_id = :tenant": "join",
    "SELECT 1 FROM nu.head WHERE tenant_id = :tenant UNION SELECT 1 FROM nu.head": "the second half of a union",
    "WITH x AS (SELECT 1 FROM nu.head) SELECT 1 FROM nu.event_log WHERE tenant_id = :tenant": "a CTE",
    "UPDATE nu.head SET position = 1": "an update",
    "DELETE FROM nu.head WHERE position = 1": "a delete",
    "INSERT INTO nu.head VALUES (:tenant)": "no columns",
    "INSERT INTO nu.head (position, tenant_id) VALUES (1, :tenant)": "not first",
    "INSERT INTO nu.head (tenant_id) VALUES (:tenant), (:other)": "the second row",
    "INSERT INTO nu.head (tenant_id) SELECT tenant_id FROM x": "from elsewhere",
    "SELECT nu.tail(:after, :tenant)": "a call, not first",
    "SELECT * FROM nu.tail()": "a call without",
}


@pytest.mark.parametrize("text", WRONG, ids=WRONG.values())
def test_the_checker_sees(text: str) -> None:
    assert leaks(text, ":tenant")


def test_the_checker_sees_each_condition_that_is_taken_away() -> None:
    """Every `tenant_id = …` of the registry, made into something else, is missed."""
    for name, text in STATEMENTS.items():
        whole = written(text)
        for found in re.finditer(r"tenant_id = :tenant", whole):
            assert leaks(whole[: found.start()] + "position = :tenant" + whole[found.end() :], ":tenant"), name


def test_sql_stands_in_the_registry_alone() -> None:
    for path in Path(numirror.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text())
        docs = {id(node.body[0].value) for node in ast.walk(tree) if _has_docstring(node)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                assert not SQL.search(node.value), f"{path.name}:{node.lineno}"


def _has_docstring(node: ast.AST) -> bool:
    body = getattr(node, "body", None)
    return isinstance(body, list) and bool(body) and isinstance(body[0], ast.Expr)
