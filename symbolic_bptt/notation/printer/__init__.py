"""Trees back to mathematics: LaTeX as a textbook sets it, and unicode plain text."""

from .latex import latex
from .text import text

__all__ = ["latex", "text"]
