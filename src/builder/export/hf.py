"""Hugging Face: a folder that can be uploaded as a dataset, a configuration a table, with the dataset card."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

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

    counts = {name: _write_rows(content, name, out / name) for name in content.tables}
    held = {name: count for name, count in counts.items() if count}
    notes = [f"{name} has no rows, and no configuration" for name, count in counts.items() if not count]
    front = yaml.safe_dump(_front(content.descriptor, held), allow_unicode=True, sort_keys=False)
    rows = "\n".join(f"| {name} | {count:,} | {content.schemas[name].description} |" for name, count in held.items())
    about = {key: content.descriptor[key] for key in ("title", "description", "version")}
    card = _CARD.format(**about, tables=rows, citation=content.citation)
    (out / "README.md").write_text(f"---\n{front}---\n\n{card}", encoding="utf-8", newline="\n")
    return notes


def _write_rows(content: Content, name: str, folder: Path) -> int:
    """How many there are; without any there is no file."""
    count = 0
    folder.mkdir()
    schema = content.schemas[name].arrow.remove_metadata()
    with pq.ParquetWriter(folder / "train.parquet", schema, compression="zstd") as file:
        for part in content.tables.parts(name):
            file.write_table(part.replace_schema_metadata(None))
            count += part.num_rows
    if not count:
        shutil.rmtree(folder)
    return count


def _front(descriptor: Mapping[str, Any], counts: Mapping[str, int]) -> dict[str, Any]:
    rows = sum(counts.values())
    size = next((name for most, name in _SIZES if rows < most), "n>10M")
    configs = [{"config_name": name, "data_files": [{"split": "train", "path": f"{name}/train.parquet"}]} for name in counts]
    return {
        "pretty_name": descriptor["title"],
        "license": descriptor["licenses"][0]["name"].lower(),
        "language": ["en"],
        "tags": list(descriptor.get("keywords", ())),
        "size_categories": [size],
        "configs": [{**config, **({"default": True} if config["config_name"] == "quotes" else {})} for config in configs],
    }
