"""LaTeX of ours as MathML: a tree that is built and escaped, never pasted text."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from xml.etree import ElementTree as Tree

from markupsafe import Markup


@lru_cache(maxsize=4096)
def mathml(latex: str) -> Markup:
    """The formula for a browser; as escaped code where it cannot be converted."""
    from latex2mathml.converter import convert_to_element

    try:
        element = convert_to_element(_plain(latex))
        for node in element.iter():
            node.text = unescape(node.text) if node.text else node.text  # it writes &#x02202;
            for attribute in [name for name in node.attrib if name.lower() not in _HARMLESS]:
                del node.attrib[attribute]
        return Markup(Tree.tostring(element, encoding="unicode"))
    except Exception:  # noqa: BLE001  (whatever the converter makes of it, the text can be shown)
        return Markup(f"<code>{escape(latex)}</code>")


_NAME = re.compile(
    r"([^\W\d_][\u0300-\u036f]?)_(?:\{([^{}\s]{1,20})\}|([A-Za-z0-9]))(?![A-Za-z0-9])"
)
"""A letter with a script in a sentence: s_t, ŷ_{t-1}."""


def prose_html(text: object) -> Markup:
    """A sentence with names such as s_t set as names; everything in it is escaped."""
    marked = _NAME.sub(lambda m: f"<i>{m[1]}</i><sub>{m[2] or m[3]}</sub>", escape(str(text)))
    return Markup(marked)


_HARMLESS = {
    "xmlns", "display", "stretchy", "fence", "form", "separator", "mathvariant", "accent",
    "movablelimits", "largeop", "linethickness", "columnalign", "rowspacing", "columnspacing",
    "width", "minsize", "maxsize", "symmetric", "lspace", "rspace",
}  # fmt: skip
"""Attributes that say how a formula looks and can do nothing else."""


def _plain(latex: str) -> str:
    """Without what the converter does not know."""
    return latex.replace(r"\mathsf T", r"\top").replace(r"\operatorname*", r"\operatorname")
