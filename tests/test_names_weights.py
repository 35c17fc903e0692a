"""The weights that ship are those that their record tells of."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TRAINING = ROOT / "training"
MODELS = ROOT / "src" / "builder" / "knowledge" / "models"
RECORD = json.loads((MODELS / "names.json").read_text(encoding="utf-8"))
AGAIN = "train again, as training/names.py tells"


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def test_the_weights_are_those_of_the_record() -> None:
    assert digest(MODELS / "names.npz") == RECORD["weights"], AGAIN


def test_the_lexicons_are_those_that_the_weights_were_trained_with() -> None:
    assert digest(MODELS / "names-lexicons.npz") == RECORD["lexicons"], AGAIN


def test_the_scripts_are_those_that_made_the_weights() -> None:
    assert RECORD["sources"] == {name: digest(TRAINING / name) for name in RECORD["sources"]}, AGAIN
    assert {path.name for path in TRAINING.glob("names*.py")} - {"names_lexicons.py"} <= set(RECORD["sources"])


@pytest.mark.skipif("NAMES_SETS" not in os.environ, reason="NAMES_SETS names no folder with the annotated sets")
def test_the_command_makes_the_weights(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    sets, folder = RECORD["sets"], Path(os.environ["NAMES_SETS"])
    for each in sets:
        assert all(digest(folder / each["name"] / file) == each[file] for file in ("articles.jsonl", "gold.jsonl"))
    command = [sys.executable, str(TRAINING / "names.py"), *(str(folder / each["name"]) for each in sets)]
    for option, key in (("--weights", "weight"), ("--copies", "copies")):
        command += [option, *(str(each[key]) for each in sets)]
    subprocess.run([*command, "--out", str(tmp_path)], check=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    assert digest(tmp_path / "names.npz") == RECORD["weights"]
