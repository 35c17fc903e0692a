"""``builder export``, ``diff``, ``speakers`` and ``release``: what one takes from a package."""

import json
from pathlib import Path

import click

from builder.commands.shared import PATH, package_argument, reported, say
from builder.exchange import EXPORTED, EXTRAS
from builder.export import FORMATS

_MOST_CHANGES = 200


@click.command()
@package_argument
@click.option("--format", "-f", "form", type=click.Choice([*FORMATS, *EXPORTED]), required=True, help="The form; see above.")
@click.option("--out", metavar="DIR", type=PATH, required=True, help="New folder for the files.")
def export(package: Path, form: str, out: Path) -> None:
    """Write the package for another program."""
    from builder.export.writing import export as write  # noqa: PLC0415

    with reported():
        place = "builder.exchange" if form in EXPORTED else "builder.export"
        notes = write(package, form, out, place, EXTRAS)
    for path in sorted(out.iterdir()):
        say(str(path))
    for note in notes:
        say(note, err=True)


_FORMS = "\n".join(f"{name:<15} {what}" for name, what in {**FORMATS, **EXPORTED}.items())
export.help = f"Write the package for another program.\n\n\b\n{_FORMS}"


@click.command()
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@click.option(
    "--format", "-f", "form", type=click.Choice(["table", "json", "changelog"]), default="table", help="How it is told."
)
def diff(old: Path, new: Path, form: str) -> None:
    """Say which rows differ between two packages.

    Added, removed and changed by key and column; a row that says the same at another place of its article has moved. OLD and NEW
    are each a datapackage.json or its folder.
    """
    from builder.publish.changes import changelog, changes, shown  # noqa: PLC0415

    with reported():
        found = changes(old, new)
    if form == "json":
        for change in found:
            say(json.dumps(change._asdict(), ensure_ascii=False, default=str))
    elif form == "changelog":
        say(changelog(found), nl=False)
    else:
        for change in found[:_MOST_CHANGES]:
            values = f"  {change.column}: {shown(change.old)} -> {shown(change.new)}" if change.column else ""
            say(f"{change.what:<8} {change.table}  {change.key}{values}")
        if len(found) > _MOST_CHANGES:
            say(f"... and {len(found) - _MOST_CHANGES:,} more; --format json gives all")
        if not found:
            say("no row differs")


@click.command()
@package_argument
@click.option("--out", metavar="FILE", type=PATH, help="CSV file for the whole table; else the most quoted are shown.")
def speakers(package: Path, out: Path | None) -> None:
    """Say who is quoted how often, over all articles.

    Names of the same person in different articles are offered together by person_key; key_rule says why, ids which rows they are.
    """
    from builder.publish.loading import load  # noqa: PLC0415
    from builder.publish.speakers import speakers as table_of  # noqa: PLC0415

    with reported():
        table = table_of(load(package))
        if out:
            write_csv(table.to_csv(index=False, lineterminator="\n"), out)
    if out:
        say(str(out))
    else:
        say(table.drop(columns=["ids", "names"]).head(_SHOWN).to_string(index=False, na_rep=""))


_SHOWN = 25


def write_csv(text: str, out: Path) -> None:
    """Raises PublishError where ``out`` is no place."""
    from builder.errors import PublishError  # noqa: PLC0415

    try:
        out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise PublishError(f"{out}: {error.strerror}") from error


@click.command()
@package_argument
@click.option(
    "--previous", metavar="PACKAGE", type=PATH, help="The package released before, whose version no changed row may bear."
)
@click.option("--out", metavar="DIR", type=PATH, default="release", help="Folder for the archive.")
def release(package: Path, previous: Path | None, out: Path) -> None:
    """Pack a checked package for a repository: one zip, with datapackage.json in its root.

    Refused where validation finds something, and where rows differ from those of the previous package under the same version.
    """
    from builder.export.release import pack  # noqa: PLC0415
    from builder.pipeline import own_page  # noqa: PLC0415

    with reported():
        packed = pack(package, previous, out, own_page)
    say(f"{packed.archive}  sha256 {packed.sha256}")
    say(packed.advice)
