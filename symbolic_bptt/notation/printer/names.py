r"""The parts of a canonical name: `\hat y`, `W_{hh}`, `\Gamma_f`, `net`, `u'`."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

ACCENTS = {r"\hat": "\u0302", r"\tilde": "\u0303", r"\bar": "\u0304", r"\dot": "\u0307"}
"""Accents to the combining characters that follow the letter in unicode text."""

_LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
    "Xi": "Ξ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ",
    "mathcal L": "ℒ", "mathcal E": "ℰ",
}  # fmt: skip

UNICODE = {"\\" + name: letter for name, letter in _LETTERS.items()}
"""Commands to their letters in unicode text. Σ and Π are sums and products, never names."""


@dataclass(frozen=True)
class Name:
    """A name without its scripts (`head`), and the scripts that belong to the name."""

    head: str
    sub: str = ""
    sup: str = ""


def split_name(name: str) -> Name:
    r"""`W_{hh}` is W with sub `hh`; an accent, a prime or \mathcal stays with the letter."""
    places = sorted(i for i in (name.find("_"), name.find("^")) if i > 0)
    parts = {
        name[start]: _unbraced(name[start + 1 : end])
        for start, end in zip(places, [*places[1:], len(name)], strict=False)
    }
    return Name(name[: places[0]] if places else name, parts.get("_", ""), parts.get("^", ""))


def latex_head(head: str) -> str:
    """`net` is set upright, as one word; a single letter or a command stays as it is."""
    letters = head.rstrip("'")
    if len(letters) > 1 and letters.isalnum():
        return rf"\mathrm{{{letters}}}" + head[len(letters) :]
    return head


def text_head(head: str) -> str:
    r"""`\hat y` is ŷ and `\Gamma` is Γ; what has no unicode letter stays as it is."""
    word = head.removeprefix(r"\mathrm{").removesuffix("}")
    if word != head and word.isalnum():
        return word
    command, _, rest = head.partition(" ")
    if command in ACCENTS and rest:
        return unicodedata.normalize("NFC", text_head(rest) + ACCENTS[command])
    letters = head.rstrip("'")
    return UNICODE.get(letters, letters) + "′" * (len(head) - len(letters))


def _unbraced(script: str) -> str:
    return script[1:-1] if script.startswith("{") and script.endswith("}") else script
