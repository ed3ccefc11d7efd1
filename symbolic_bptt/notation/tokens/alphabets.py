"""The alphabets outside ASCII: Greek, mathematical styles, and letters that only look Latin."""

from __future__ import annotations

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "vartheta", "ι": "iota", "κ": "kappa",
    "ϰ": "varkappa", "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "π": "pi",
    "ϖ": "varpi", "ρ": "rho", "ϱ": "varrho", "σ": "sigma", "ς": "varsigma", "τ": "tau",
    "υ": "upsilon", "φ": "varphi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi",
    "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
"""Letters and the commands that they are. µ is the micro sign: the same letter as μ."""

STYLES = (
    ("MATHEMATICAL DOUBLE-STRUCK", r"\mathbb"),
    ("DOUBLE-STRUCK ITALIC", ""),
    ("DOUBLE-STRUCK", r"\mathbb"),
    ("MATHEMATICAL BOLD SCRIPT", r"\mathcal"),
    ("MATHEMATICAL SCRIPT", r"\mathcal"),
    ("SCRIPT", r"\mathcal"),
    ("MATHEMATICAL BOLD FRAKTUR", r"\mathfrak"),
    ("MATHEMATICAL FRAKTUR", r"\mathfrak"),
    ("BLACK-LETTER", r"\mathfrak"),
    ("MATHEMATICAL MONOSPACE", r"\mathtt"),
    ("MATHEMATICAL SANS-SERIF", r"\mathsf"),
    ("MATHEMATICAL BOLD", r"\mathbf"),
    ("MATHEMATICAL ITALIC", ""),
    ("PLANCK CONSTANT", ""),
)
"""Beginnings of Unicode names and the style that they mean; the first that fits."""

CYRILLIC_LOOKALIKES = dict(
    zip("аеорсухіѕјԁһѵԝԛАВЕКМНОРСТХІЅЈԌԜУ", "aeopcyxisjdhvwqABEKMHOPCTXISJGWY", strict=True)
)

CAPITAL_GREEK_LOOKALIKES = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧο", "ABEZHIKMNOPTXo", strict=True))
"""Greek letters that LaTeX has no command for, since they are set as Latin ones."""
