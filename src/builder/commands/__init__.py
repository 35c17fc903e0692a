"""Groups of commands that ``builder`` has beside those of :mod:`builder.cli`."""
