"""A package in the forms of other programs; one module a form, each with ``write(content, out)``."""

from collections.abc import Mapping

FORMATS: Mapping[str, str] = {
    "stata": "a .dta file a table, with variable and value labels",
    "spss": "a .sav file a table, with variable and value labels; extra spss",
    "r": "CSV files and a script that loads them with types, factors and labels",
    "xlsx": "a workbook with the codebook first and a sheet a table; extra excel",
    "sqlite": "a database with keys and references",
    "duckdb": "a database with comments on its columns; extra duckdb",
    "parquet-hive": "folders of Parquet by year of publication",
    "hf": "a folder for the Hugging Face hub, with its dataset card",
}
"""What each form is, by the name of its module."""
