"""``builder review`` and ``builder adjudicate``: the page in which people judge rows."""

from pathlib import Path
from typing import Any

import click

from builder.commands.shared import PATH, coding_option, package_argument, reported, written
from builder.errors import InputError

_coder = click.option("--coder", metavar="NAME", required=True, help="Your pseudonym; decisions go to coding/NAME.jsonl.")
_port = click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on this machine; by default a free one.")
_open = click.option("--open/--no-open", "opens", default=True, help="Open the page in the browser.")
_article = click.option("--article", "articles", metavar="ID", multiple=True, help="Rows of this article only; may be repeated.")
_out = click.option("--out", metavar="FILE", type=PATH, help="Write the page to FILE instead, for a coder without this program.")


@click.command()
@package_argument
@coding_option
@_coder
@click.option("--sample", "sample_", metavar="NAME", help="The rows of a sample, in the order in which they were drawn.")
@_article
@click.option("--tables", metavar="NAMES", help="Tables, with commas between them; by default all but articles.")
@click.option("--blind", is_flag=True, help="Hide the machine's values until the verdict.")
@_port
@_open
@_out
def review(
    package: Path, coding: Path | None, coder: str, sample_: str | None, articles: tuple[str, ...], tables: str | None,
    blind: bool, port: int, opens: bool, out: Path | None,
) -> None:  # fmt: skip
    """Judge rows in the browser, beside the article.

    Each decision is on disk, in coding/NAME.jsonl, before the page says that it is saved. Only this machine can reach the page.
    The next `builder build` applies the decisions.
    """
    from builder.coding.drawing import DRAWN_FROM  # noqa: PLC0415
    from builder.review import Choice  # noqa: PLC0415

    chosen = tuple(tables.split(",")) if tables else DRAWN_FROM
    options = {"sample": sample_, "blind": blind}
    with reported():
        if unknown := [name for name in chosen if name not in DRAWN_FROM]:
            raise InputError(f"{unknown[0]!r} is none of {', '.join(DRAWN_FROM)}")
        _run(package, coding, coder, Choice(sample_, articles, chosen), options, port, opens, out)


@click.command()
@package_argument
@coding_option
@_coder
@_article
@_port
@_open
@_out
def adjudicate(
    package: Path, coding: Path | None, coder: str, articles: tuple[str, ...], port: int, opens: bool, out: Path | None
) -> None:
    """Settle rows on which coders differ, in the same page, with what each of them said."""
    from builder.review import Choice  # noqa: PLC0415

    with reported():
        _run(package, coding, coder, Choice(None, articles), {"adjudicate": True}, port, opens, out)


def _run(
    package: Path, coding: Path | None, coder: str, choice: Any, options: dict[str, Any], port: int, opens: bool, out: Path | None
) -> None:
    from builder.coding.decisions import NAME  # noqa: PLC0415
    from builder.publish.cite import read_descriptor  # noqa: PLC0415
    from builder.publish.package import read_package  # noqa: PLC0415
    from builder.publish.reviewed import coding_folder, review_rows  # noqa: PLC0415
    from builder.review import gather, review_page, serve  # noqa: PLC0415
    from builder.review.disputes import only_disputed  # noqa: PLC0415

    if not NAME.fullmatch(coder):
        raise InputError(f"the coder's name, {coder!r}, must match {NAME.pattern}")
    folder, title = coding_folder(package, coding), str(read_descriptor(package)["title"])

    def work() -> Any:
        found = gather(read_package(package), folder, coder, choice)
        return only_disputed(found, review_rows(package)) if options.get("adjudicate") else found

    if out is not None:
        with written(out) as file:
            file.write(review_page(work(), coder, title, options, None))
        click.echo(f"{out}: open it in a browser; its decisions are downloaded as {coder}.jsonl, for the folder {folder}")
        return
    try:
        server = serve(port, work, folder, coder, title, options)
    except OSError as error:
        raise InputError(f"port {port}: {error.strerror or error}") from error
    click.echo(server.address)
    click.echo("for this machine only; end with Ctrl-C", err=True)
    if opens:
        import webbrowser  # noqa: PLC0415 (other commands need none)

        webbrowser.open(server.address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
