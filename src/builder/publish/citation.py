"""Citation files of a dataset, made from its metadata: CITATION.cff (1.2.0) and BibTeX."""

from builder.metadata import Metadata

CITATION_FILE = "CITATION.cff"
BIBTEX_FILE = "docs/citation.bib"
ANONYMOUS = "Anonymous"

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip


def citation_cff(metadata: Metadata) -> str:
    """The dataset as CITATION.cff 1.2.0 of type dataset; contributors are entities, not persons."""
    import yaml  # noqa: PLC0415 (only a project's own package has citation files)

    content = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": metadata.title,
        "abstract": metadata.description,
        "authors": [{"name": name} for name in metadata.contributors or (ANONYMOUS,)],
        "version": metadata.version,
        "date-released": metadata.released,
        "license": metadata.license,
        "keywords": list(metadata.keywords),
        "url": metadata.homepage,
    }
    given = {name: value for name, value in content.items() if value}
    text: str = yaml.safe_dump(given, sort_keys=False, allow_unicode=True, width=120)
    return text


def bibtex(metadata: Metadata) -> str:
    """One entry; ``@misc``, since styles that know ``@dataset`` are few."""
    fields = {
        "author": " and ".join(f"{{{tex(name)}}}" for name in metadata.contributors or (ANONYMOUS,)),
        "title": f"{{{tex(metadata.title)}}}",
        "year": f"{metadata.released:%Y}" if metadata.released else "",
        "version": tex(metadata.version),
        "howpublished": "Dataset" + (f", \\url{{{metadata.homepage}}}" if metadata.homepage else ""),
        "note": tex(f"Version {metadata.version}. Licence of the tables: {metadata.license}."),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{metadata.name},\n" + ",\n".join(lines) + "\n}\n"


def tex(text: str) -> str:
    """``text`` with everything escaped that TeX would take for a command."""
    return "".join(_TEX.get(c, c) for c in text)
