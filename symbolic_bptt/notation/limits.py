"""Bounds on untrusted input: nothing beyond them is read, and the refusal names the bound."""

from __future__ import annotations

MAX_FILE_CHARACTERS = 1_000_000
"""A formula file, notebook or submission."""

MAX_INCLUDED = 50
"""Files that one file includes, and those include."""

MAX_FORMULAS = 5_000
"""Formulas in one file."""

MAX_DISPLAY_CHARACTERS = 100_000
"""One display with all its rows."""

MAX_INLINE_CHARACTERS = 20_000
"""From a $ to the one that closes it."""

MAX_PROBLEMS = 100
"""Problems reported around the formulas of one file."""

MAX_FORMULA_CHARACTERS = 20_000
"""One formula, before and after its macros are expanded."""

MAX_DEPTH = 40
"""Brackets, braces and nested operators inside each other."""

MAX_WORD = 60
"""Letters in a row."""

MAX_SCRIPT_ITEMS = 12
"""Items in the subscripts of one name."""

MAX_ACCENTS = 4
"""Accents and styles on one letter."""

MAX_DIGITS = 40
"""Digits of one number."""

MAX_EXPONENT = 1_000
"""A literal exponent, written out or computed from literals."""

MAX_MACRO_CHARACTERS = 5_000
"""The body or an argument of one macro."""

MAX_MACROS = 500
"""Macros defined in one file."""

MAX_MACRO_EXPANSIONS = 2_000
"""Macro calls expanded in one formula."""

MAX_MACRO_DEPTH = 20
"""Macros whose bodies call macros."""
