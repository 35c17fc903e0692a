"""``docs/codebook.md``: the schemas and the rules of each feature, put in words for readers."""

from collections.abc import Iterator
from importlib import import_module

from builder.schema import Column, TableSchema, table_schemas

CODEBOOK_FILE = "docs/codebook.md"

_RULES_OF = {
    "articles": ["builder.headline:RULES"],
    "participants": ["builder.participants:RULES"],
    "agencies": ["builder.agencies:RULES"],
    "affiliations": ["builder.participants:RULES"],
    "quotes": ["builder.quotes:RULES"],
    "dates": ["builder.dates:RULES"],
    "mentions": ["builder.participants:MENTION_RULES", "builder.agencies:MENTION_RULES", "builder.resolution:RULES"],
}
"""Where the rules stand that a table's rows name."""

_HEAD = """# Codebook

Made by `builder docs` from `schema/*.json` and from the rules beside the code; change it there.

Spans are 0-based, end-exclusive offsets in Unicode code points of `articles.text`. A *verbatim* column equals the text of its
span, character for character. Missing is null, an empty cell in CSV. Keys begin with their article's; rows are ordered by
article, then by place in the text.
"""


def codebook() -> str:
    return "\n".join([_HEAD, *(line for schema in table_schemas().values() for line in _table(schema))])


def _table(schema: TableSchema) -> Iterator[str]:
    yield f"## {schema.name}\n"
    yield f"{schema.description}\n"
    yield "| column | type | meaning |"
    yield "|---|---|---|"
    for column in schema.columns:
        yield f"| `{column.name}` | {_type(column, schema)} | {_cell(column.description)}{_values(column)} |"
    yield ""
    if rules := rules_of(schema.name):
        yield f"Rules of {schema.name}:\n"
        yield "| rule | what it reads |"
        yield "|---|---|"
        for rule, reading in sorted(rules.items()):
            yield f"| `{rule}` | {_cell(reading)} |"
        yield ""


def rules_of(table: str) -> dict[str, str]:
    """Every rule a row of the table may name, with what it reads."""
    rules: dict[str, str] = {}
    for place in _RULES_OF.get(table, []):
        module, _, name = place.partition(":")
        rules |= getattr(import_module(module), name, {})
    return rules


def _type(column: Column, schema: TableSchema) -> str:
    parts = [column.type]
    if column.name == schema.primary_key:
        parts.append("primary key")
    elif column.required:
        parts.append("never null")
    parts += [f"→ [{key.table}](#{key.table})" for key in schema.foreign_keys if key.column == column.name]
    return ", ".join(parts)


def _values(column: Column) -> str:
    return " One of " + ", ".join(f"`{value}`" for value in column.enum) + "." if column.enum else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
