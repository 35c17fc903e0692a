"""Whatever frictionless finds in a package, ``builder validate`` finds too, even where hashes and seal fit the damage."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from conftest import ARTICLE, contents
from frictionless import FrictionlessException, Package
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import builder
from builder.errors import InputError
from builder.publish.package import seal
from builder.tables.schema import TABLES, table_schemas
from builder.validate.findings import errors
from builder.validate.package import validate_package

Damage = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of two articles; tests put back what they change."""
    folder = tmp_path_factory.mktemp("damage")
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(ARTICLE, encoding="utf-8")
    builder.build([folder / "one.txt", folder / "two.txt"], folder / "package")
    return folder / "package"


@pytest.fixture
def damaged(package: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(package, tmp_path / "package"))


def write_sealed(package: Path, descriptor: dict[str, Any]) -> None:
    """The descriptor with the hashes and sizes of the files as they are now, and with a seal that holds."""
    for resource in descriptor["resources"]:
        if (package / str(resource.get("path"))).is_file():
            raw = (package / resource["path"]).read_bytes()
            resource |= {"hash": f"sha256:{hashlib.sha256(raw).hexdigest()}", "bytes": len(raw)}
    descriptor["checksum"] = "sha256:"
    sealed = seal(json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n")
    (package / "datapackage.json").write_text(sealed, encoding="utf-8")


def seal_again(package: Path) -> None:
    write_sealed(package, json.loads((package / "datapackage.json").read_text(encoding="utf-8")))


def frictionless_finds(package: Path) -> bool:
    try:
        return not Package(str(package / "datapackage.json")).validate().valid
    except FrictionlessException:
        return True


def builder_finds(package: Path) -> bool:
    try:
        return bool(errors(validate_package(package)))
    except InputError:
        return True


def test_package_that_is_whole_passes_both(damaged: Path) -> None:
    seal_again(damaged)
    assert not frictionless_finds(damaged)
    assert not builder_finds(damaged)


def in_row(column: str, value: str, table: str) -> Damage:
    """Puts a value, as it is to be spelt, into the first row's cell."""
    place = table_schemas()[table].column_names.index(column)

    def spoil(raw: bytes) -> bytes:
        header, first, *rest = raw.decode().splitlines(keepends=True)
        cells = re.findall(r'"(?:[^"]|"")*"|[^,\n]+|(?<=,)(?=[,\n])', first)
        assert len(cells) == len(table_schemas()[table].columns)
        cells[place] = value
        return "".join([header, ",".join(cells) + "\n", *rest]).encode()

    return spoil


def in_header(change: Callable[[list[str]], list[str]]) -> Damage:
    def spoil(raw: bytes) -> bytes:
        header, rest = raw.split(b"\n", 1)
        return ",".join(change(header.decode().split(","))).encode() + b"\n" + rest

    return spoil


def line(number: int, change: Callable[[bytes], bytes]) -> Damage:
    def spoil(raw: bytes) -> bytes:
        lines = raw.splitlines(keepends=True)
        lines[number] = change(lines[number])
        return b"".join(lines)

    return spoil


CSV_DAMAGE: dict[str, tuple[str, Damage]] = {
    "word for a number": ("quotes", in_row("start", "many", "quotes")),
    "hexadecimal number": ("quotes", lambda raw: re.sub(rb",(\d+),", lambda m: b",0x%x," % int(m[1]), raw, count=1)),
    "number with a fraction": ("quotes", lambda raw: re.sub(rb",(\d+),", rb",\1.0,", raw, count=1)),
    "negative number": ("quotes", in_row("start", "-1", "quotes")),
    "number missing": ("quotes", in_row("start", "", "quotes")),
    "no such day": ("articles", lambda raw: raw.replace(b",2021-05-04,", b",2021-05-34,", 1)),
    "day in another order": ("articles", lambda raw: raw.replace(b",2021-05-04,", b",04/05/2021,", 1)),
    "unknown kind": ("participants", in_row("kind", '"ship"', "participants")),
    "key that is none": ("participants", in_row("participant_id", '"A/B"', "participants")),
    "key missing": ("participants", in_row("participant_id", "", "participants")),
    "key twice": ("mentions", lambda raw: raw + raw.splitlines(keepends=True)[-1]),
    "reference to nothing": ("mentions", in_row("article_id", '"three"', "mentions")),
    "row lost": ("articles", lambda raw: raw[: raw.rindex(b'"two"')]),
    "blank row": ("quotes", line(1, lambda row: b"\n" + row)),
    "row of commas": ("quotes", line(1, lambda row: b"," * row.count(b",") + b"\n" + row)),
    "cell too many": ("quotes", line(1, lambda row: row[:-1] + b",1\n")),
    "cell too few": ("quotes", line(1, lambda row: row[: row.rindex(b",")] + b"\n")),
    "label unknown": ("quotes", in_header(lambda labels: ['"quote"', *labels[1:]])),
    "label blank": ("quotes", in_header(lambda labels: ['""', *labels[1:]])),
    "label lost": ("quotes", in_header(lambda labels: labels[:-1])),
    "label too many": ("quotes", in_header(lambda labels: [*labels, '"more"'])),
    "label twice": ("quotes", in_header(lambda labels: [labels[1], *labels[1:]])),
    "labels in another order": ("quotes", in_header(lambda labels: labels[::-1])),
    "mark of byte order": ("quotes", lambda raw: b"\xef\xbb\xbf" + raw),
    "byte that is no UTF-8": ("quotes", lambda raw: raw.replace(b"have waited", b"have wait\xe9d", 1)),
    "UTF-16": ("quotes", lambda raw: raw.decode().encode("utf-16")),
    "empty file": ("quotes", lambda raw: b""),
    "header alone": ("quotes", lambda raw: raw[: raw.index(b"\n") + 1]),
    "no header": ("quotes", lambda raw: raw[raw.index(b"\n") + 1 :]),
    "cut in the middle": ("quotes", lambda raw: raw[: len(raw) // 2]),
    "mark that does not close": ("quotes", line(1, lambda row: row.replace(b'",', b",", 1))),
    "other delimiter": ("quotes", lambda raw: raw.replace(b",", b";")),
    "other text": ("quotes", lambda raw: raw.replace(b"waited", b"hurried", 1)),
}


@pytest.mark.parametrize(("table", "spoil"), CSV_DAMAGE.values(), ids=CSV_DAMAGE)
def test_damaged_csv(damaged: Path, table: str, spoil: Damage) -> None:
    path = damaged / "datapackage" / f"{table}.csv"
    whole = path.read_bytes()
    path.write_bytes(spoil(whole))
    assert path.read_bytes() != whole
    seal_again(damaged)
    assert builder_finds(damaged)


@pytest.mark.parametrize("name", ["word for a number", "unknown kind", "key twice", "reference to nothing", "label lost"])
def test_frictionless_finds_these_too(damaged: Path, name: str) -> None:
    """So that the comparison below is one."""
    table, spoil = CSV_DAMAGE[name]
    path = damaged / "datapackage" / f"{table}.csv"
    path.write_bytes(spoil(path.read_bytes()))
    seal_again(damaged)
    assert frictionless_finds(damaged)


def without(*names: str) -> Callable[[dict[str, Any]], None]:
    def spoil(descriptor: dict[str, Any]) -> None:
        for name in names:
            del descriptor[name]

    return spoil


def in_resource(place: int, **values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda descriptor: descriptor["resources"][place].update(values)


DESCRIPTOR_DAMAGE: dict[str, Callable[[dict[str, Any]], None]] = {
    "no resources": without("resources"),
    "no name": without("name"),
    "no licence": without("licenses"),
    "table lost": lambda descriptor: descriptor["resources"].pop(0),
    "table twice": lambda descriptor: descriptor["resources"].append(descriptor["resources"][0]),
    "title that is a number": lambda descriptor: descriptor.update(title=5),
    "name with a space": lambda descriptor: descriptor.update(name="a b"),
    "keywords that are none": lambda descriptor: descriptor.update(keywords="one, two"),
    "contributor that is none": lambda descriptor: descriptor.update(contributors=["someone"]),
    "licence that is none": lambda descriptor: descriptor.update(licenses=[{"title": "free"}]),
    "day that is none": lambda descriptor: descriptor.update(created="soon"),
    "resource without name": lambda descriptor: descriptor["resources"][0].pop("name"),
    "resource without path": lambda descriptor: descriptor["resources"][0].pop("path"),
    "file that is not there": in_resource(0, path="datapackage/none.csv"),
    "path to the outside": in_resource(0, path="../articles.csv"),
    "another table's schema": in_resource(0, schema="schema/quotes.json"),
    "schema that is not there": in_resource(0, schema="schema/none.json"),
    "schema of its own": in_resource(0, schema={"fields": [{"name": "a", "type": "nothing"}]}),
    "other encoding": in_resource(0, encoding="ascii"),
    "other delimiter": in_resource(0, dialect={"delimiter": ";"}),
    "other format": in_resource(0, format="xlsx"),
    "compression": in_resource(0, compression="gz"),
}


@pytest.mark.parametrize("spoil", DESCRIPTOR_DAMAGE.values(), ids=DESCRIPTOR_DAMAGE)
def test_damaged_descriptor(damaged: Path, spoil: Callable[[dict[str, Any]], None]) -> None:
    descriptor = json.loads((damaged / "datapackage.json").read_text(encoding="utf-8"))
    spoil(descriptor)
    if "resources" in descriptor:
        write_sealed(damaged, descriptor)
    else:
        (damaged / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert builder_finds(damaged)


@pytest.mark.parametrize("table", TABLES)
def test_damaged_schema(damaged: Path, table: str) -> None:
    path = damaged / "schema" / f"{table}.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"string"', '"strong"', 1), encoding="utf-8")
    assert builder_finds(damaged)
    path.unlink()
    assert builder_finds(damaged)


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(TABLES),
    st.floats(0, 1),
    st.integers(0, 3),
    st.sampled_from([b"", b"\n", b'"', b",", b"\r", b" ", b"\0", b"0", b"-", b"x", b"\xff", b"\xc3\xa9", b'""', b"\r\n"]),
)
def test_any_change_to_a_csv_that_frictionless_finds(package: Path, table: str, where: float, cut: int, put: bytes) -> None:
    path = package / "datapackage" / f"{table}.csv"
    before = contents(package)
    whole = path.read_bytes()
    place = int(where * len(whole))
    path.write_bytes(whole[:place] + put + whole[place + cut :])
    seal_again(package)
    try:
        found = builder_finds(package)
        assert found or not frictionless_finds(package)
    finally:
        path.write_bytes(whole)
        seal_again(package)
    assert contents(package) == before


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(TABLES), st.floats(0, 0.999), st.integers(1, 255))
def test_any_changed_byte_of_parquet_ends_in_findings(package: Path, table: str, where: float, flip: int) -> None:
    """Hash and size are those of the damaged file, so that only its content tells."""
    path = package / "datapackage" / f"{table}.parquet"
    whole = path.read_bytes()
    rows = pq.read_table(path)
    place = int(where * len(whole))
    path.write_bytes(whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :])
    seal_again(package)
    try:
        found = builder_finds(package)
        assert found or pq.read_table(path).equals(rows)
    finally:
        path.write_bytes(whole)
        seal_again(package)
