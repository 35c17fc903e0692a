"""Findings about tables in memory and about published packages."""
