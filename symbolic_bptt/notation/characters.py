"""Unicode mathematics as the ASCII and LaTeX that the grammar reads; anything else is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .mapped import MappedText

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "vartheta", "ι": "iota", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "varsigma", "τ": "tau", "υ": "upsilon", "φ": "varphi", "ϕ": "phi",
    "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta",
    "Λ": "Lambda", "Ξ": "Xi", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "ℓ": "ell",
}  # fmt: skip

_COMMANDS = {
    "Σ": "sum", "∑": "sum", "Π": "prod", "∏": "prod", "∂": "partial", "∇": "nabla",
    "⊙": "odot", "∘": "circ", "◦": "circ", "⊗": "otimes", "⊘": "oslash", "·": "cdot", "⋅": "cdot",
    "×": "times", "÷": "div", "≤": "le", "⩽": "le", "≥": "ge", "⩾": "ge", "≠": "ne",
    "≡": "equiv", "≔": "coloneqq", "≜": "triangleq", "∈": "in", "∀": "forall", "√": "sqrt",
    "⟨": "langle", "⟩": "rangle", "〈": "langle", "〉": "rangle", "…": "dots", "⋯": "dots",
    "∞": "infty", "←": "leftarrow", "→": "rightarrow", "⇒": "Rightarrow",
    "≈": "approx", "∝": "propto", "⇔": "Leftrightarrow",
}  # fmt: skip

_PLAIN = {
    "−": "-", "–": "-", "∗": "*", "⁎": "*", "′": "'", "″": "''", "’": "'", "‖": r"\|", "∥": r"\|",
    "∣": "|", "∕": "/", "⁄": "/", "，": ",", "；": ";", "：": ":", "（": "(", "）": ")",
    "＝": "=", "。": " ", "、": ",", "⟦": "[", "⟧": "]", "ı": "i",
    "\u00a0": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u2003": " ", "\u2002": " ",
    "\u3000": " ", "\t": " ", "\r": " ",
    "𝟙": r"\mathbf{1}", "½": r"\frac{1}{2}", "ℝ": r"\mathbb{R}", "𝔼": r"\mathbb{E}",
    "ℒ": r"\mathcal{L}", "ℰ": r"\mathcal{E}",
}  # fmt: skip

_LITERAL = {
    **_PLAIN,
    **{char: f"\\{name} " for char, name in (_GREEK | _COMMANDS).items()},
}

_ACCENTS = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar", "\u0307": "dot"}

_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵀᵗⁱⁿᵏʲ", "0123456789+-()Ttinkj", strict=True)) | {
    "\u1d40": r"\top "
}
_LOWERED = dict(
    zip("₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+-()aehijklmnoprstuvx", strict=True)
)

_OUTSIDE_ASCII = re.compile(
    f"(?P<raised>[{''.join(map(re.escape, _RAISED))}]+)"
    f"|(?P<lowered>[{''.join(map(re.escape, _LOWERED))}]+)"
    f"|(?P<accented>[^\\W\\d_]|\\\\[A-Za-z]+ ?)(?P<mark>[{''.join(_ACCENTS)}])"
    "|(?P<other>[^\\x20-\\x7e\\n])"
)

_LOOKALIKES = dict(zip("аеорсухіѕԁһАВЕКМНОРСТХ", "aeopcyxisdhABEKMHOPCTX", strict=True))


def ascii_mathematics(text: MappedText) -> MappedText:
    """The text with every unicode sign replaced by its LaTeX; raises on characters without one."""
    if text.text.isascii() and text.text.isprintable():
        return text
    return text.edited(_edits(text))


def _edits(text: MappedText) -> Iterator[tuple[int, int, str]]:
    for match in _OUTSIDE_ASCII.finditer(text.text):
        start, end = match.span()
        if match["raised"]:
            content = "".join(_RAISED[char] for char in match["raised"])
            yield start, end, f"^{{{content}}}"
        elif match["lowered"]:
            content = "".join(_LOWERED[char] for char in match["lowered"])
            yield start, end, f"_{{{content}}}"
        elif match["mark"]:
            yield start, end, _accented(text, match["accented"], match["mark"], start)
        else:
            yield start, end, _single(text, match["other"], start)


def _accented(text: MappedText, base: str, mark: str, start: int) -> str:
    letter = base if base.isascii() else _single(text, base, start)
    return f"\\{_ACCENTS[mark]}{{{letter.strip()}}}"


def _single(text: MappedText, char: str, start: int) -> str:
    if char == "⊤":
        return (
            "\\top "
            if text.text[max(0, start - 20) : start].rstrip(" {").endswith("^")
            else r"^\top "
        )
    if char in _LITERAL:
        return _LITERAL[char]
    if "\U0001d400" <= char <= "\U0001d7ff":  # 𝐖, 𝑥, 𝛿: the same letter in another style
        plain = unicodedata.normalize("NFKC", char)
        return plain if plain.isascii() else _LITERAL.get(plain, _refuse(text, char, start))
    parts = unicodedata.normalize("NFD", char)
    if len(parts) == 2 and parts[0].isascii() and parts[1] in _ACCENTS:
        return f"\\{_ACCENTS[parts[1]]}{{{parts[0]}}}"
    return _refuse(text, char, start)


def _refuse(text: MappedText, char: str, start: int) -> str:
    name = unicodedata.name(char, "a control character")
    if char in _LOOKALIKES:
        hint = f"it only looks like the Latin letter {_LOOKALIKES[char]}; type that one"
    elif char.isprintable():
        hint = "write it as a LaTeX command, or in Latin or Greek letters"
    else:
        hint = "it cannot be seen; delete it"
    message = f"the character U+{ord(char):04X} ({name}) is not part of the notation"
    raise text.error(message, start, start + 1, hint)
