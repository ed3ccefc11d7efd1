"""How files were understood, as one HTML page: MathML inside, no script, no font, no network."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from xml.etree.ElementTree import Element

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ...checking.understanding import Named, Understanding
from ...notation.printer import latex
from ...notation.tree import Node
from .. import mathml
from . import words


def html_page(understanding: Understanding) -> str:
    """The page: what is written beside what was understood, then what was not read, and the names.

    A content security policy forbids everything that the file does not hold itself.
    """
    template = _environment().get_template("page.html")
    return template.render(understanding=understanding, words=words, math=_math, symbol=_symbol)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("symbolic_bptt.render.understanding"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=True,
    )


def _math(node: Node) -> Markup:
    return _set(latex(node), lambda formula: mathml.aligned([formula]))


def _symbol(one: Named) -> Markup:
    return _set(latex(one.symbol), mathml.inline)


def _set(formula: str, drawn: Callable[[str], Element]) -> Markup:
    """The formula as MathML; as it is, where the converter does not know a command in a name."""
    try:
        return Markup(mathml.written(drawn(formula)))
    except Exception:  # noqa: BLE001  (of the converter: it promises none in particular)
        return Markup("<code>{}</code>").format(formula)
