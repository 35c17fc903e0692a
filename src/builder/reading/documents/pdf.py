"""Text of PDF files, page by page; needs the extra ``pdf``."""

from io import BytesIO

from builder.errors import InputError
from builder.text.article import MAX_CHARACTERS


def pdf_pages(raw: bytes) -> list[str]:
    """The text of each page, in its lines. Raises InputError for a file that cannot be read or holds pictures alone."""
    try:
        from pypdf import PdfReader  # noqa: PLC0415 (an extra)
        from pypdf.errors import PyPdfError  # noqa: PLC0415
    except ImportError:
        raise InputError("PDF files need the extra 'pdf': pip install 'article-tables[pdf]'") from None
    pages: list[str] = []
    try:
        for page in PdfReader(BytesIO(raw)).pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > MAX_CHARACTERS:
                raise InputError(f"more than {MAX_CHARACTERS:,} characters")
    except (PyPdfError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RuntimeError) as error:
        raise InputError(f"a PDF file that cannot be read: {error}") from None
    if not any(map(str.strip, pages)):
        raise InputError("a PDF file without text; pictures of pages must go through character recognition first")
    return pages
