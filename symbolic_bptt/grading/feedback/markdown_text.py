"""Text of strangers within Markdown, where it must mean nothing."""

from __future__ import annotations

import re

_MEANING = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&@-])")
_RUN = re.compile(r"`+")


def plain(text: object) -> str:
    """Every character that Markdown gives a meaning to, without it; one line."""
    return _MEANING.sub(r"\\\1", " ".join(str(text).split()))


def prose(text: object) -> str:
    """Our own sentences, which quote terms: nothing in them becomes a tag or a link."""
    flat = " ".join(str(text).split())
    return re.sub(r"([\\`*_\[\]<>|$])", r"\\\1", flat)


def code(text: object) -> str:
    """A code span that the text cannot end."""
    flat = " ".join(str(text).split())
    longest = max((len(run) for run in _RUN.findall(flat)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {flat} {fence}" if "`" in flat else f"{fence}{flat}{fence}"


def block(text: object) -> str:
    """A code block that the text cannot end, with its white space."""
    longest = max((len(run) for run in _RUN.findall(str(text))), default=2)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def formula(latex: object) -> str:
    """A formula between dollars, in which no sign can be taken for HTML or end it."""
    flat = " ".join(str(latex).split())
    safe = flat.replace("&", r"\&").replace("<", r"\lt ").replace(">", r"\gt ").replace("$", r"\$")
    return f"${safe}$"
