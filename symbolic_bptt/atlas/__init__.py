"""Formulas known from books, papers, code and questions, with the verdict each of them deserves."""

from .formula import Book, Case, KnownFormula, LeftOut, WrongForm
from .loader import known_books, load_known_model, read_book

__all__ = [
    "Book",
    "Case",
    "KnownFormula",
    "LeftOut",
    "WrongForm",
    "known_books",
    "load_known_model",
    "read_book",
]
