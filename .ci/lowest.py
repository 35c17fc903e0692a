"""The lowest versions that ``pyproject.toml`` allows, of what the builder needs and of its extras, as constraints for pip."""

import re
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
extras = {name: needed for name, needed in project["optional-dependencies"].items() if name not in ("dev", "training")}
for requirement in sorted({*project["dependencies"], *(one for needed in extras.values() for one in needed)}):
    if lowest := re.fullmatch(r"([A-Za-z0-9_.-]+)(?:\[.*\])?>=([0-9.]+).*", requirement):
        print(f"{lowest[1]}=={lowest[2]}")
