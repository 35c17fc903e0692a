"""YAML as people write metadata: a value is the text that stands there, be it No, 1984 or 2020-07-29; ``null`` is None.

Without anchors, aliases and tags, by which a few bytes name very much, or sets in any order."""

from functools import cache
from typing import Any

from builder.errors import InputError


def load_yaml(block: str | bytes, name: str, first_line: int = 1) -> Any:
    """Mappings and lists of strings. Raises InputError.

    ``name`` says what the block is, which begins on line ``first_line`` of its file.
    """
    import yaml  # noqa: PLC0415 (most texts have no front matter)

    try:
        return yaml.load(block, _loader())
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + first_line}" if error.problem_mark else ""
        raise InputError(f"{name}{line}: {error.problem}") from None
    except (yaml.YAMLError, ValueError, OverflowError, TypeError, RecursionError) as error:
        raise InputError(f"{name}: {' '.join(str(error).split())}") from None


_NULL = "tag:yaml.org,2002:null"


@cache
def _loader() -> type:
    import yaml  # noqa: PLC0415 (as above)

    class PlainLoader(yaml.SafeLoader):  # type: ignore[misc]
        yaml_implicit_resolvers = {  # noqa: RUF012 (PyYAML's way to say it)
            first: [(tag, form) for tag, form in forms if tag == _NULL]
            for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

        def compose_node(self, parent: Any, index: Any) -> Any:
            event = self.peek_event()
            if isinstance(event, yaml.AliasEvent) or event.anchor is not None or getattr(event, "tag", None) is not None:
                raise yaml.composer.ComposerError(None, None, "anchors, aliases and tags are not read", event.start_mark)
            return super().compose_node(parent, index)

    return PlainLoader
