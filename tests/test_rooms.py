"""Holds the house to its plan (docs/architecture.md): rooms in order, no circles, no private doors, few modules at the top."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import builder

ROOT = Path(builder.__file__).parent
ROOMS = """
    errors text knowledge reading extraction tables coding publish validate corpus
    page review plot new export exchange pipeline observing api commands cli __main__
""".split()
"""Each imports only from those before it."""
MODULES = {
    ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__"): path for path in ROOT.rglob("*.py")
}
MOST_AT_THE_TOP = 8
DOCUMENTED = {"os._exit"}
"""Names with an underscore that the standard library documents."""


def imports(module: str) -> Iterator[str]:
    """The full names of what ``module`` imports, anywhere in it, also for the type checker only."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module and not node.level, f"{module}: imports are written in full"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def imported_modules(module: str) -> set[str]:
    """Modules of the package; the package itself is left out, as it imports nothing when it is imported."""
    found = (name if name in MODULES else name.rpartition(".")[0] for name in imports(module))
    return {name for name in found if name in MODULES and name not in (module, "builder")}


def room(module: str) -> int:
    return ROOMS.index(module.split(".")[1])


def private_uses(path: Path) -> Iterator[str]:
    """``module._name``, where the module is imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {
        (name.asname or name.name).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in imported:
            name = f"{node.value.id}.{node.attr}"
            if node.attr.startswith("_") and not node.attr.startswith("__") and name not in DOCUMENTED:
                yield name


def test_a_room_imports_only_from_those_before_it() -> None:
    upward = {
        f"{module} imports {other}"
        for module in MODULES.keys() - {"builder"}
        for other in imported_modules(module)
        if room(other) > room(module)
    }
    assert upward == set()


def test_no_module_imports_itself_by_way_of_others() -> None:
    TopologicalSorter({module: imported_modules(module) for module in MODULES.keys() - {"builder"}}).prepare()


def test_nothing_private_of_another_package_is_imported() -> None:
    private = {
        f"{module} imports {name}"
        for module in MODULES
        for name in imports(module)
        if any(part.startswith("_") and not part.startswith("__") for part in name.split("."))
    }
    assert private == set()


def test_nothing_private_of_an_imported_module_is_used() -> None:
    """``pa._compute`` is as private as an import of it."""
    private = {f"{module} uses {name}" for module in MODULES for name in private_uses(MODULES[module])}
    assert private == set()


def test_few_modules_stand_at_the_top() -> None:
    assert len(list(ROOT.glob("*.py"))) <= MOST_AT_THE_TOP


def test_the_command_starts_without_numpy() -> None:
    """It says how many threads linear algebra may have, which NumPy reads when it is imported."""
    code = "import sys, builder.cli; print(sorted({'numpy', 'pyarrow', 'pandas', 'frictionless'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "[]\n"


def test_a_build_does_not_import_pandas(tmp_path: Path) -> None:
    """Its import alone costs as much as a tenth of a build of 4 MB; some functions of pyarrow import it unasked."""
    (tmp_path / "article.txt").write_text("“We came on July 1, 2020,” said Ann Lee of the Example Agency.", encoding="utf-8")
    code = "import sys; from builder.cli import app; app(sys.argv[1:], standalone_mode=False); print('pandas' in sys.modules)"
    command = [sys.executable, "-c", code, "build", str(tmp_path / "article.txt"), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.endswith("False\n")
