"""Trees back to mathematics: LaTeX as a textbook sets it, and unicode plain text."""

from .latex import latex
from .lines import align, break_lines
from .text import text, text_claims

__all__ = ["align", "break_lines", "latex", "text", "text_claims"]
