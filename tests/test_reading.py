import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.article import Article
from builder.errors import InputError
from builder.reading import read_articles
from builder.reading.fields import Defaults
from builder.reading.text import decode, split_front_matter


def read(*paths: Path) -> list[Article]:
    return list(read_articles(paths, Defaults()))


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_text_keeps_everything_but_its_mark_and_line_ends(tmp_path: Path) -> None:
    (article,) = read(
        write(tmp_path / "Report 01.txt", b"\xef\xbb\xbfA title\r\nA\x07 \xe2\x80\xaeline\rAnother \xf0\x9f\x9a\xa2 <script>\n")
    )
    assert article.text == "A title\nA\x07 \u202eline\nAnother \U0001f6a2 <script>\n"
    assert article.article_id == "report-01"
    assert article.source == "Report 01.txt"


def test_front_matter_is_metadata_and_no_part_of_the_text(tmp_path: Path) -> None:
    head = "---\r\ntitle: 'A  title'\npublished: 2021-05-04\nurl: https://example.org/a\narticle_id: a-1\n---\n"
    (article,) = read(write(tmp_path / "x.txt", head + "The text.\n"))
    assert (article.article_id, article.title, article.published) == ("a-1", "A title", date(2021, 5, 4))
    assert (article.text, article.source) == ("The text.\n", "https://example.org/a")


@pytest.mark.parametrize("text", ["---\nNo metadata, but a rule.\n---\nText", "--- not a rule\n", "---\nunclosed: yes\n"])
def test_text_that_opens_with_hyphens_stays_whole(text: str) -> None:
    assert split_front_matter(text) == ({}, text)


def test_json_lines_in_their_order(tmp_path: Path) -> None:
    lines = [
        {"article_id": "b", "text": "Second", "published": "2021-05-04T10:00:00Z", "tags": ["ignored"]},
        {"article_id": "a", "text": "First", "language": "en-GB", "rights": "Public domain"},
    ]
    path = write(tmp_path / "x.jsonl", "\ufeff" + "\n\n".join(json.dumps(line) for line in lines))
    b, a = read(path)
    assert (b.article_id, b.published, b.language, b.source) == ("b", date(2021, 5, 4), "en", "x.jsonl")
    assert (a.article_id, a.language, a.rights) == ("a", "en-GB", "Public domain")


def test_folder_is_read_by_name_and_hidden_files_are_not(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", ".hidden.txt", "note.md", "a/.git/d.txt"):
        write(tmp_path / name, f"Text of {name}")
    assert [(article.article_id, article.source) for article in read(tmp_path)] == [("c", "a/c.txt"), ("b", "b.txt")]


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_an_input_error(raw: bytes) -> None:
    try:
        text = decode(raw)
    except InputError as error:
        assert "byte" in str(error)
    else:
        assert text.encode() == raw.removeprefix(b"\xef\xbb\xbf")


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_front_matter_is_read_or_an_input_error(head: str, body: str) -> None:
    text = f"---\n{head}\n---\n{body}"
    try:
        fields, rest = split_front_matter(text)
    except InputError:
        return
    assert text.endswith(rest)
    assert fields or rest == text


BROKEN_LINES = {
    b'{"article_id": "a", "text": "x"\n': "line 2: broken JSON",
    b"[1]\n": "line 2: not a JSON object",
    b'{"article_id": "a"}\n': "line 2: text is missing",
    b'{"article_id": "a", "text": 3}\n': "line 2: text is not a string",
    b'{"text": "x"}\n': "line 2: article_id is missing",
    b'{"article_id": "../x", "text": "x"}\n': "line 2: article_id '../x' must match",
    b'{"article_id": "a", "text": "x", "published": "2021-02-30"}\n': "line 2: published: '2021-02-30' is no date",
    b'{"article_id": "a", "text": "x\\u0000y"}\n': "line 2: the text holds a NUL character at 1",
    b'{"article_id": "a", "text": "x\\ud800"}\n': "line 2: the text holds half a surrogate pair at 1",
    b'{"article_id": "a", "text": "\xff"}\n': "line 2: not UTF-8: byte 0xff at byte 29",
    b'{"article_id": "a", "title": 1, "text": "x"}\n': "line 2: title: 1 is not a string",
    b"[" * 100_000 + b"\n": "line 2: JSON that cannot be read",
    b'{"article_id": "first", "text": "x"}\n': "article_id 'first' is already that of an article in",
}


@pytest.mark.parametrize("line", BROKEN_LINES, ids=BROKEN_LINES.values())
def test_broken_line_is_named(tmp_path: Path, line: bytes) -> None:
    path = write(tmp_path / "x.jsonl", b'{"article_id": "first", "text": "x"}\n' + line)
    with pytest.raises(InputError) as raised:
        read(path)
    assert str(raised.value).startswith(str(path))
    assert BROKEN_LINES[line] in str(raised.value)
    assert "\n" not in str(raised.value)
