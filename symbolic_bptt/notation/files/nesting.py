r"""Which brace closes which, and which `\end` which `\begin`: one pass over a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKS = r"\\(?:begin|end)\s{0,50}\{(?P<name>[A-Za-z]{1,40}\*?)\}|\\.|(?P<brace>[{}])"
_TEX = re.compile(rf"%[^\n]*|{_MARKS}", re.DOTALL)
_MARKUP = re.compile(_MARKS, re.DOTALL)


@dataclass(frozen=True)
class Nesting:
    r"""The pairs of a text.

    braces: the place of `{` to the place behind its `}`.
    environments: the place of `\begin{…}` to start and end of its `\end{…}`.

    An opener without a closer is in neither. What is escaped does not count, nor, in TeX, what is
    commented out. A stray closer inside verbatim text may close a group around it.
    """

    braces: dict[int, int]
    environments: dict[int, tuple[int, int]]

    @classmethod
    def of(cls, text: str, comments: bool) -> Nesting:
        """The pairs of a text; `comments` says whether `%` hides the rest of its line."""
        nesting = cls({}, {})
        open_braces: list[int] = []
        open_environments: dict[str, list[int]] = {}
        for match in (_TEX if comments else _MARKUP).finditer(text):
            if match["brace"] == "{":
                open_braces.append(match.start())
            elif match["brace"] and open_braces:
                nesting.braces[open_braces.pop()] = match.end()
            elif name := match["name"]:
                begun = open_environments.setdefault(name, [])
                if text.startswith(r"\b", match.start()):
                    begun.append(match.start())
                elif begun:
                    nesting.environments[begun.pop()] = match.span()
        return nesting
