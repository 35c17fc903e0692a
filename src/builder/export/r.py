"""R: CSV files and a script of base R that loads them with types, factors and labels."""

import json
from collections.abc import Iterator
from pathlib import Path

from builder.export.writing import Content
from builder.publish.files import CsvTable
from builder.tables.schema import TableSchema

_CLASSES = {"string": "character", "integer": "integer", "number": "numeric", "date": "Date"}

_SCRIPT = """# {title}, version {version}. Cite: {citation}
# Loads the tables with their types, factors and labels: source("load.R", chdir = TRUE)

read_table <- function(name, classes, levels, labels) {{
  frame <- read.csv(paste0(name, ".csv"), colClasses = classes, na.strings = "", encoding = "UTF-8", check.names = FALSE)
  for (column in names(levels)) frame[[column]] <- factor(frame[[column]], levels = levels[[column]])
  for (column in names(labels)) attr(frame[[column]], "label") <- labels[[column]]
  frame
}}
"""


def write(content: Content, out: Path) -> list[str]:
    about = {"title": content.descriptor["title"], "version": content.descriptor["version"], "citation": content.citation}
    # a comment ends with its line, and what follows is run
    script = [_SCRIPT.format(**{name: " ".join(str(words).split()) for name, words in about.items()})]
    for name in content.tables:
        schema = content.schemas[name]
        file = CsvTable(out / f"{name}.csv", schema)
        for part in content.tables.parts(name):
            file.write(part)
        file.close()
        script.append("\n".join(_lines(schema)))
    (out / "load.R").write_text("\n".join(script) + "\n", encoding="utf-8", newline="\n")
    return []


def _lines(schema: TableSchema) -> Iterator[str]:
    yield f'{schema.name} <- read_table("{schema.name}",'
    yield f"  classes = c({', '.join(f'`{c.name}` = {_quoted(_CLASSES[c.type])}' for c in schema.columns)}),"
    enums = [f"`{c.name}` = c({', '.join(map(_quoted, c.enum))})" for c in schema.columns if c.enum]
    yield f"  levels = list({', '.join(enums)}),"
    yield f"  labels = list({', '.join(f'`{c.name}` = {_quoted(c.title)}' for c in schema.columns)}))"


def _quoted(text: str) -> str:
    """JSON's escapes are R's too."""
    return json.dumps(text, ensure_ascii=False)
