"""The environments of LaTeX, by what stands in them."""

from __future__ import annotations

import re

INLINE = frozenset({"math"})
"""Mathematics in a line of text."""

DISPLAYS = frozenset({
    *("equation", "align", "alignat", "xalignat", "xxalignat", "flalign", "gather", "multline"),
    *("eqnarray", "displaymath", "IEEEeqnarray", "dmath", "dseries", "darray", "empheq"),
    *("numcases", "subnumcases"),
})  # fmt: skip
"""Displays. `subequations` and `dgroup` wrap displays and are prose themselves."""

INNER = frozenset({
    *("aligned", "alignedat", "gathered", "split", "multlined", "cases", "dcases", "rcases"),
    *("array", "IEEEeqnarraybox"),
})  # fmt: skip
"""What belongs inside mathematics; outside of it, as MathJax allows, it opens a display."""

MATHEMATICS = INLINE | DISPLAYS | INNER

CODE = frozenset({
    *("verbatim", "Verbatim", "BVerbatim", "LVerbatim", "alltt", "lstlisting", "minted"),
    *("filecontents", "filecontentsdef", "pycode", "pythoncode", "spverbatim"),
})  # fmt: skip
"""Text that is set as it stands, or written to a file."""

COMMENTS = frozenset({"comment"})

OPTIONAL = frozenset({
    *("IEEEeqnarray", "IEEEeqnarraybox", "empheq", "dmath", "dseries", "darray"),
    *("aligned", "alignedat", "gathered", "multlined", "array"),
})  # fmt: skip
"""An argument in brackets may follow the name."""

MANDATORY = frozenset({
    *("alignat", "xalignat", "xxalignat", "alignedat", "IEEEeqnarray", "IEEEeqnarraybox"),
    *("empheq", "array"),
})  # fmt: skip
"""An argument in braces follows the name."""

_OPTION = re.compile(r"\s{0,50}\[[^\]\n]{0,500}\]")
_ARGUMENT = re.compile(r"\s{0,50}\{([^{}\n]{0,500}(?:\{[^{}\n]{0,100}\}[^{}\n]{0,500}){0,20})\}")


def body(text: str, name: str, after: int, end: int) -> tuple[int, str]:
    """Where the content of an environment begins, and the name by which its rows are read.

    `after` is the end of `\\begin{name}`. The argument of `empheq` names what it holds.
    """
    if name in OPTIONAL and (option := _OPTION.match(text, after, end)):
        after = option.end()
    if name in MANDATORY and (argument := _ARGUMENT.match(text, after, end)):
        after = argument.end()
        if name == "empheq":
            name = argument[1].strip().split("=")[-1].rstrip("*")
    return after, name
