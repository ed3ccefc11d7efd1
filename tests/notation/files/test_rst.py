"""reStructuredText: directives and roles."""

from __future__ import annotations

import pytest

from tests.notation.files.texts import formulas, messages, pieces


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (".. math:: E = 1\n\nx", ["E = 1"]),
        (".. math::\n   :label: a\n\n   a\n   = b\n\n   c = d\n\nx", ["a\n   = b", "c = d"]),
        (".. note::\n\n   .. math::\n\n      a = b\n\n   text\n", ["a = b"]),
        (".. math::\n   :nowrap:\n\n   \\begin{align} a &= b \\end{align}\n", ["a &= b"]),
        (".. raw:: latex\n\n   \\[a = b\\]\n", ["a = b"]),
        ("so :math:`x_t = 1` and :math:`y`.", ["x_t = 1", "y"]),
        ("costs $5 and $6, ``:math:`x` ``", []),
    ],
)  # fmt: skip
def test_formulas(text: str, found: list[str]) -> None:
    assert formulas(text, "rst") == found
    assert messages(text, "rst") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (".. code-block:: python\n\n   a :math:`x`\n", "code"),
        ("\n   a :math:`x`\n", "code"),
        (".. a comment\n   :math:`x`\n", "comment"),
    ],
)
def test_what_is_no_mathematics(text: str, kind: str) -> None:
    before = "As follows::\n" if text.startswith("\n") else ""
    assert pieces(f"{before}{text}\n:math:`y`", "rst", kind) == [text]
    assert formulas(f"{before}{text}\n:math:`y`", "rst") == ["y"]


def test_an_unclosed_role_is_reported() -> None:
    text = "an open :math:`x\n\n:math:`y`"
    assert formulas(text, "rst") == ["y"]
    assert "never closed" in messages(text, "rst")[0]
