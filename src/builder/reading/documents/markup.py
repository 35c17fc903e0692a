"""Lines of HTML, for downloads and books: what a browser would set on a line of its own is one."""

from html.parser import HTMLParser

_BLOCKS = frozenset(
    "address article aside blockquote body br dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section "
    "table td th title tr ul".split()
)
_UNSEEN = frozenset(("script", "style", "template", "noscript"))


def html_lines(page: str) -> list[str]:
    """A line for each block, its white space put together."""
    parser = _Lines()
    parser.feed(page)
    parser.close()
    return [line for line in (" ".join(line.split()) for line in "".join(parser.pieces).split("\0")) if line]


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self.pieces.append("\0")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS:
            self.pieces.append("\0")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data.replace("\0", ""))
