"""From paths to articles: which files are read, in which order, and that no identifier comes twice."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from builder.article import Article
from builder.errors import InputError
from builder.reading.fields import Defaults
from builder.reading.jsonl import read_json_lines
from builder.reading.text import read_text_file


def read_articles(paths: Sequence[Path], defaults: Defaults) -> Iterator[Article]:
    """Every article of the paths: paths as given, files of a folder by name, lines of a file in turn.

    Raises InputError that names the file and the place.
    """
    seen: dict[str, str] = {}
    for path, source in _files(paths):
        try:
            for article in _READERS[path.suffix.lower()](path, source, defaults):
                _refuse_second(article, str(path), seen)
                yield article
        except OSError as error:
            raise InputError(f"{path}: {error.strerror}") from error
    if not seen:
        raise InputError(f"{', '.join(map(str, paths))}: no article found")


def _refuse_second(article: Article, path: str, seen: dict[str, str]) -> None:
    if first := seen.get(article.article_id):
        raise InputError(f"{path}: article_id {article.article_id!r} is already that of an article in {first}")
    seen[article.article_id] = path


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Files to read with the name by which the package knows each: its path below the folder given, or its own name."""
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if _is_source(p.relative_to(path)) and p.is_file())
            if not inside:
                raise InputError(f"{path}: no .txt or .jsonl file in this folder")
            yield from ((file, file.relative_to(path).as_posix()) for file in inside)
        elif not path.exists():
            raise InputError(f"{path}: no such file or folder")
        elif path.suffix.lower() not in _READERS:
            raise InputError(f"{path}: neither .txt nor .jsonl")
        else:
            yield path, path.name


def _is_source(path: Path) -> bool:
    return path.suffix.lower() in _READERS and not any(part.startswith(".") for part in path.parts)


def _one_text(path: Path, source: str, defaults: Defaults) -> Iterator[Article]:
    yield read_text_file(path, source, defaults)


_READERS: dict[str, Callable[[Path, str, Defaults], Iterator[Article]]] = {".txt": _one_text, ".jsonl": read_json_lines}
