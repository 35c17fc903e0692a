"""``docs/codebook.md``: the schemas and the rules of each feature, put in words for readers, with rows of the package."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pyarrow as pa

from builder.tables.arrow import ArrowTables
from builder.tables.schema import Column, TableSchema, table_schemas

CODEBOOK_FILE = "docs/codebook.md"

_RULES_OF = {
    "articles": ["builder.text.head:RULES"],
    "participants": ["builder.extraction.participants:RULES"],
    "agencies": ["builder.extraction.agencies:RULES"],
    "affiliations": ["builder.extraction.participants:RULES"],
    "quotes": ["builder.extraction.quotes:RULES"],
    "dates": ["builder.extraction.dates:RULES"],
    "mentions": [
        "builder.extraction.participants:MENTION_RULES",
        "builder.extraction.agencies:MENTION_RULES",
        "builder.extraction.resolution:RULES",
    ],
}
"""Where the rules stand that a table's rows name."""

_LONGEST_EXAMPLE = 60

_HEAD = """# Codebook

Made by `builder build` from `schema/*.json`, the rules beside the code and the package's own rows; change it there.

Spans are 0-based, end-exclusive offsets in Unicode code points of `articles.text`. A *verbatim* column equals the text of its
span, character for character. Missing is null, an empty cell in CSV. Keys begin with their article's; rows are ordered by
article, then by place in the text.
"""


def codebook(examples: ArrowTables) -> str:
    """``examples`` are rows of the package from which those that are shown are chosen."""
    schemas = [schema for name, schema in table_schemas().items() if name in examples]
    lines = (line for schema in schemas for line in _table(schema, _example(examples[schema.name])))
    return "\n".join([_HEAD, *_diagram(schemas), *lines])


def _diagram(schemas: list[TableSchema]) -> Iterator[str]:
    """Tables and keys in Mermaid; the label of a relation is the referring column."""
    yield "```mermaid"
    yield "erDiagram"
    for schema in schemas:
        keys = [f"    {column.type} {column.name} {_mark(column, schema)}" for column in schema.columns if _mark(column, schema)]
        if keys:
            yield from (f"  {schema.name} {{", *keys, "  }")
            yield from (f'  {key.table} ||--o{{ {schema.name} : "{key.column}"' for key in schema.foreign_keys)
    yield "```\n"


def _mark(column: Column, schema: TableSchema) -> str:
    if column.name == schema.primary_key:
        return "PK"
    return "FK" if any(key.column == column.name for key in schema.foreign_keys) else ""


def _example(rows: pa.Table) -> dict[str, Any]:
    """The row that fills most columns; what it leaves null is taken from the first row that has it."""
    candidates = rows.to_pylist()
    best: dict[str, Any] = max(candidates, key=lambda row: sum(value is not None for value in row.values()), default={})
    return {
        name: next((row[name] for row in (best, *candidates) if row.get(name) is not None), None) for name in rows.column_names
    }


def _table(schema: TableSchema, example: dict[str, Any]) -> Iterator[str]:
    yield f"## {schema.name}\n"
    yield f"{schema.description}\n"
    yield "| column | title | type | meaning | example |"
    yield "|---|---|---|---|---|"
    for column in schema.columns:
        meaning = f"{_cell(column.description)}{_values(column)}"
        example_cell = _shown(example[column.name])
        yield f"| `{column.name}` | {_cell(column.title)} | {_type(column, schema)} | {meaning} | {example_cell} |"
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
    """The values with their labels, where the label says more."""
    values = (_value(value, label) for value, label in zip(column.enum, column.labels, strict=True))
    return f" One of {', '.join(values)}." if column.enum else ""


def _value(value: str, label: str) -> str:
    return f"`{value}`" if label.lower() == value.replace("-", " ").lower() else f"`{value}` ({label.lower()})"


def _shown(value: Any) -> str:
    """An example as code; a long one is cut."""
    if value is None:
        return ""
    text = " ".join(str(value).split()).replace("`", "'")
    return f"`{_cell(text if len(text) <= _LONGEST_EXAMPLE else text[:_LONGEST_EXAMPLE].rstrip() + '…')}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
