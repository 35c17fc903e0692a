"""Errors a caller may catch; each message is one line that names the file and the place."""


class BuilderError(Exception):
    """Base of every error this package raises on purpose."""


class InputError(BuilderError):
    """An article, or a file of articles, that cannot be read."""


class LexiconError(BuilderError):
    """A word list or model file of the package that breaks its own format."""


class SchemaError(BuilderError):
    """A Table Schema that the builder cannot work from."""


class PublishError(BuilderError):
    """A package that could not be written, or did not pass its checks; what stood there before still stands."""
