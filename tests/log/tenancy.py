"""Reads a statement with a parser and says where it could touch another tenant's rows."""

from collections.abc import Iterator

import sqlglot
from sqlglot import exp

SHARED = frozenset({"migration"})
"""Tables of nu that are nobody's: the list of migrations."""


def leaks(text: str, tenant: str) -> list[str]:
    """What is wrong with each statement in `text`; `tenant` is how the tenant is written: `:tenant`, `_tenant`.

    Every nu table that is read, updated or deleted from needs `tenant_id = tenant` as a top-level AND term of the
    nearest WHERE (or of its join); an INSERT lists tenant_id first and gives the tenant first; a nu function is given
    the tenant first.
    """
    return [problem for tree in sqlglot.parse(text, read="postgres") if tree for problem in _problems(tree, tenant)]


def _problems(tree: exp.Expression, tenant: str) -> Iterator[str]:
    for table in tree.find_all(exp.Table):
        if table.db == "nu" and isinstance(table.this, exp.Anonymous):
            yield from _call(table.this, tenant)
        elif table.db == "nu" and table.name not in SHARED:
            yield from _table(table, tenant)
    for dot in tree.find_all(exp.Dot):
        if isinstance(dot.expression, exp.Anonymous) and dot.this.name == "nu":
            yield from _call(dot.expression, tenant)


def _call(call: exp.Anonymous, tenant: str) -> Iterator[str]:
    given = call.expressions[0] if call.expressions else None
    if given is None or not _is_tenant(given, tenant):
        yield f"nu.{call.name} is not given the tenant first"


def _table(table: exp.Table, tenant: str) -> Iterator[str]:
    parent = table.parent
    if isinstance(parent, exp.Schema) and isinstance(parent.parent, exp.Insert):
        yield from _insert(table, parent, parent.parent, tenant)
    elif isinstance(parent, exp.Insert):
        yield f"INSERT INTO nu.{table.name} lists no columns"
    elif not any(_names(term, table, tenant) for term in _terms(table)):
        yield f"nu.{table.name} is touched without tenant_id = {tenant}"


def _insert(table: exp.Table, schema: exp.Schema, insert: exp.Insert, tenant: str) -> Iterator[str]:
    if schema.expressions[0].name != "tenant_id":
        yield f"INSERT INTO nu.{table.name} does not list tenant_id first"
    source = insert.expression
    rows = source.expressions if isinstance(source, exp.Values) else [source]
    for row in rows:
        if not _is_tenant(row.expressions[0], tenant):
            yield f"INSERT INTO nu.{table.name} does not give the tenant first"


def _terms(table: exp.Table) -> Iterator[exp.Expression]:
    """The top-level AND terms that hold for a table: of the nearest WHERE, and of its own join."""
    join = table.find_ancestor(exp.Join)
    if join is not None and join.this is table and not join.side:
        yield from _and(join.args.get("on"))
    scope = table.find_ancestor(exp.Select, exp.Update, exp.Delete)
    if scope is not None and not isinstance(table.parent, exp.Schema):
        where = scope.args.get("where")
        yield from _and(where.this if where else None)


def _and(term: exp.Expression | None) -> Iterator[exp.Expression]:
    if isinstance(term, exp.And):
        yield from _and(term.left)
        yield from _and(term.right)
    elif isinstance(term, exp.Paren):
        yield from _and(term.this)
    elif term is not None:
        yield term


def _names(term: exp.Expression, table: exp.Table, tenant: str) -> bool:
    if not isinstance(term, exp.EQ) or not isinstance(term.left, exp.Column) or term.left.name != "tenant_id":
        return False
    return term.left.table in ("", table.alias_or_name) and _is_tenant(term.right, tenant)


def _is_tenant(value: exp.Expression, tenant: str) -> bool:
    bare = value.this if isinstance(value, exp.Cast) else value
    written = f":{bare.name}" if isinstance(bare, exp.Placeholder) else bare.name
    return isinstance(bare, exp.Placeholder | exp.Column) and written == tenant
