"""Files of word processors, books and printers, made of paragraphs, and what the command makes of a file."""

import zipfile
from io import BytesIO
from pathlib import Path

import pandas as pd
from conftest import Run
from downloaded import CLOSE, FIRST, SECOND

import builder

TEXT = "Harbour to open\n\nThe harbour will open in April, the minister said on Monday.\n"
PARAGRAPHS = ("Harbour to open", FIRST, SECOND)


def zipped(**members: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(paragraphs: list[str] | tuple[str, ...]) -> bytes:
    """Each paragraph in two runs, the second inside a link."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    runs = "".join(
        f"<w:p><w:r><w:t>{p[:4]}</w:t></w:r><w:hyperlink><w:r><w:t>{p[4:]}</w:t></w:r></w:hyperlink></w:p>" for p in paragraphs
    )
    return zipped(**{"word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{runs}</w:body></w:document>'})


def printed_docx(lines: list[tuple[str, str]]) -> bytes:
    """A paragraph a printed line; those that go on stand close to the line before."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(
        f'<w:p><w:pPr><w:spacing w:before="{60 if how == CLOSE else 200}"/></w:pPr><w:r><w:t>{line}</w:t></w:r></w:p>'
        for line, how in lines
    )
    return zipped(**{"word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'})


def odt(paragraphs: tuple[str, ...]) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = "".join(f"<t:p>{p.replace(' ', '<t:s/>', 1)}</t:p>" for p in paragraphs)
    return zipped(**{"content.xml": f'<d xmlns:t="{space}">{body}</d>'})


def epub(paragraphs: tuple[str, ...]) -> bytes:
    container = "urn:oasis:names:tc:opendocument:xmlns:container"
    items = '<item id="b" href="two.xhtml"/><item id="a" href="one.xhtml"/>'
    spine = '<itemref idref="a"/><itemref idref="b"/>'
    return zipped(
        **{
            "META-INF/container.xml": f'<c xmlns="{container}"><rootfile full-path="in/book.opf"/></c>',
            "in/book.opf": f'<p xmlns="http://www.idpf.org/2007/opf">{items}{spine}</p>',
            "in/one.xhtml": f"<html><body><h1>{paragraphs[0]}</h1></body></html>",
            "in/two.xhtml": "".join(f"<p>{p}</p>" for p in paragraphs[1:]),
        }
    )


def rtf(paragraphs: list[str] | tuple[str, ...]) -> bytes:
    return ("{\\rtf1\\ansi " + "\\par\n".join(paragraphs) + "}").encode("ascii")


def pdf(lines: list[str]) -> bytes:
    """One page with a line of type for each of ``lines``."""
    drawn = "BT /F1 12 Tf 72 720 Td " + " ".join(f"({line}) Tj 0 -14 Td" for line in lines) + " ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    file, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return f"{file}xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(file)}\n%%EOF".encode()


def articles(run: Run, tmp_path: Path, name: str, content: bytes | str, *arguments: str) -> pd.DataFrame:
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    done = run("build", name, "--out", "package", *arguments)
    assert done.returncode == 0, done.stderr
    tables = builder.load(tmp_path / "package" / "datapackage.json")
    assert tables["rejects"].empty
    return tables["articles"]
