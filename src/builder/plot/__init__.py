"""Figures for papers and talks, the same bytes for the same package and the same version of matplotlib."""

from builder.plot.figures import write_figures

__all__ = ["write_figures"]
