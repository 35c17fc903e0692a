"""Hugging Face: a folder that can be uploaded as a dataset, a configuration a table, with the dataset card."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from builder.export.writing import Content

_CARD = """# {title}

{description}

Version {version}. Each table is a configuration: `datasets.load_dataset(PATH, "quotes")`.

| configuration | rows | holds |
|---|---|---|
{tables}

Cite: {citation}
"""
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"), (10_000_000, "1M<n<10M"))


def write(content: Content, out: Path) -> list[str]:
    import yaml  # noqa: PLC0415

    notes = []
    held = {name: table for name, table in content.tables.items() if table.num_rows}
    for name, table in held.items():
        (out / name).mkdir()
        pq.write_table(table.replace_schema_metadata(None), out / name / "train.parquet", compression="zstd")
    notes += [f"{name} has no rows, and no configuration" for name in content.tables if name not in held]
    front = yaml.safe_dump(_front(content.descriptor, held), allow_unicode=True, sort_keys=False)
    rows = "\n".join(f"| {name} | {table.num_rows:,} | {content.schemas[name].description} |" for name, table in held.items())
    about = {key: content.descriptor[key] for key in ("title", "description", "version")}
    card = _CARD.format(**about, tables=rows, citation=content.citation)
    (out / "README.md").write_text(f"---\n{front}---\n\n{card}", encoding="utf-8", newline="\n")
    return notes


def _front(descriptor: Mapping[str, Any], tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    rows = sum(table.num_rows for table in tables.values())
    size = next((name for most, name in _SIZES if rows < most), "n>10M")
    configs = [{"config_name": name, "data_files": [{"split": "train", "path": f"{name}/train.parquet"}]} for name in tables]
    return {
        "pretty_name": descriptor["title"],
        "license": descriptor["licenses"][0]["name"].lower(),
        "language": ["en"],
        "tags": list(descriptor.get("keywords", ())),
        "size_categories": [size],
        "configs": [{**config, **({"default": True} if config["config_name"] == "quotes" else {})} for config in configs],
    }
