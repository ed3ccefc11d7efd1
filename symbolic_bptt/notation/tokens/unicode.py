r"""What the signs of Unicode mean, as tokens: one table, and refusals for everything outside it.

A sign means a short sequence of tokens, `(kind, value)` each. Two signs that look alike and differ
in meaning (Latin a, Cyrillic а) are never taken for each other: the second is refused by name.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from .alphabets import CAPITAL_GREEK_LOOKALIKES, CYRILLIC_LOOKALIKES, GREEK, STYLES
from .remark import Remark
from .token import Kind

Meaning = tuple[tuple[Kind, str], ...]

COMMANDS = {
    "∑": "sum", "∏": "prod", "∫": "int", "∂": "partial", "∇": "nabla", "∆": "Delta",
    "⊙": "odot", "⨀": "odot", "∘": "circ", "◦": "circ", "○": "circ", "⊗": "otimes",
    "⨂": "otimes", "⊘": "oslash", "⊕": "oplus", "⊖": "ominus", "·": "cdot", "⋅": "cdot",
    "∙": "cdot", "•": "cdot", "×": "times", "✕": "times", "⨯": "times", "÷": "div", "±": "pm",
    "∓": "mp", "⋆": "star", "∗": "ast", "⁎": "ast",
    "≤": "le", "⩽": "le", "≦": "le", "≥": "ge", "⩾": "ge", "≧": "ge", "≠": "ne", "≡": "equiv",
    "≢": "not\\equiv", "≔": "coloneqq", "≝": "triangleq", "≜": "triangleq", "≈": "approx",
    "≃": "simeq", "≅": "cong", "≐": "doteq", "∝": "propto", "∼": "sim", "≪": "ll", "≫": "gg",
    "≲": "lesssim", "≳": "gtrsim", "⟂": "perp", "≍": "asymp", "≺": "prec", "≻": "succ",
    "⪯": "preceq", "⪰": "succeq", "≼": "preceq", "≽": "succeq", "↗": "nearrow", "↘": "searrow",
    "↓": "downarrow", "↑": "uparrow", "⇝": "leadsto", "↪": "hookrightarrow", "⊢": "vdash",
    "⊨": "models", "≁": "nsim", "≉": "not\\approx", "≮": "nless", "≯": "ngtr", "≰": "nleq",
    "≱": "ngeq", "⇏": "nRightarrow", "↛": "nrightarrow",
    "∈": "in", "∉": "notin", "∋": "ni", "⊂": "subset", "⊆": "subseteq", "⊃": "supset",
    "⊇": "supseteq", "∪": "cup", "∩": "cap", "∅": "emptyset", "∖": "setminus",
    "∀": "forall", "∃": "exists", "∧": "wedge", "∨": "vee", "¬": "neg",
    "→": "to", "⟶": "to", "←": "leftarrow", "⟵": "leftarrow", "↦": "mapsto", "↔": "leftrightarrow",
    "⇒": "Rightarrow", "⟹": "Rightarrow", "⇐": "Leftarrow", "⇔": "Leftrightarrow",
    "⟺": "Leftrightarrow", "∴": "therefore", "∵": "because",
    "∞": "infty", "…": "dots", "⋯": "cdots", "⋮": "vdots", "⋱": "ddots", "⊥": "perp",
    "‖": "|", "∥": "|", "⟨": "langle", "⟩": "rangle", "〈": "langle", "〉": "rangle",
    "⌊": "lfloor", "⌋": "rfloor", "⌈": "lceil", "⌉": "rceil",
    "ℓ": "ell", "ı": "imath", "ȷ": "jmath", "ℏ": "hbar", "ℑ": "Im", "ℜ": "Re", "§": "S",
    "～": "sim", "｛": "{", "｝": "}", "⊤": "top", "⊺": "top", "†": "top",
    "□": "square", "∎": "square", "■": "square",
}  # fmt: skip
"""Signs that are one control sequence."""

SIGNS = {
    "−": "-", "–": "-", "‐": "-", "‑": "-", "﹣": "-", "∕": "/", "⁄": "/", "∣": "|", "❘": "|",
    "∶": ":", "⟦": "[", "⟧": "]", "【": "[", "】": "]", "、": ",", "。": ".", "‚": ",",
    "′": "'", "″": "''", "‴": "'''", "⁗": "''''", "‵": "'", "’": "'", "ʹ": "'", "ʼ": "'",
    "≕": "=:", "⩵": "==", "‥": "..",
}  # fmt: skip
"""Signs that mean signs of ASCII, one or several."""

FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8),
    "⅝": (5, 8), "⅞": (7, 8), "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip

ROOTS = {"√": "", "∛": "3", "∜": "4"}
"""Signs of roots and their degrees; what stands under one is found by `roots`."""

TRANSPOSES = frozenset("⊤⊺†")
"""Signs that are scripts by themselves: `A⊤` is `A^\\top`."""

SUMS = {"Σ": ("sum", "Sigma"), "Π": ("prod", "Pi")}
"""Greek capitals that mean the operator before an operand or a limit, and else the letter."""

_RAISED = dict(
    zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿᵠᵡ",
        "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθφχ", strict=True)
)  # fmt: skip
_LOWERED = dict(
    zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        "0123456789+-=()aehijklmnoprstuvxβγρφχ", strict=True)
)  # fmt: skip

SPACES = frozenset(
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
    "\u3000\u0085\u2028\u2029\t\n\r\x0b\x0c "
)

INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\ufe00\ufe01"
    "\ufe0e\ufe0f\ufeff"
)
"""Signs that cannot be seen and mean nothing. Those that turn the order of writing are refused."""

ACCENTS = {
    "\u0302": r"\hat", "\u0303": r"\tilde", "\u0304": r"\bar", "\u0305": r"\bar",
    "\u0307": r"\dot", "\u0308": r"\ddot", "\u20d7": r"\vec", "\u030c": r"\check",
    "\u0306": r"\breve", "\u0301": r"\acute", "\u0300": r"\grave", "\u030a": r"\mathring",
    "\u0332": r"\underline", "\u0331": r"\underline",
}  # fmt: skip

MARKS = "\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff"
"""The combining marks, as a range of a regular expression."""

FULL_WIDTH = {0xFEE0 + ord(char): ord(char) for char in map(chr, range(0x21, 0x7F))
              if char not in "\\%$#&~`\""}  # fmt: skip
"""Full-width forms and the ASCII signs that they are, save those that mean something to TeX."""


def command(name: str) -> Meaning:
    r"""A control sequence; `\not\equiv` are two."""
    return tuple(("command", "\\" + part) for part in name.split("\\"))


def _character(char: str) -> tuple[Kind, str]:
    if char in GREEK:
        return ("command", "\\" + GREEK[char])
    if char.isascii() and char.isalpha():
        return ("letter", char)
    return ("number" if char.isascii() and char.isdigit() else "sign", char)


RAISED = {char: _character(plain) for char, plain in _RAISED.items()}
LOWERED = {char: _character(plain) for char, plain in _LOWERED.items()}


def wrapped(style: str, content: Meaning) -> Meaning:
    """The content as the braced argument of a command."""
    return (("command", style), ("sign", "{"), *content, ("sign", "}"))


def _fraction(top: int, bottom: int) -> Meaning:
    denominator: Meaning = (("sign", "{"), ("number", str(bottom)), ("sign", "}"))
    return wrapped(r"\frac", (("number", str(top)),)) + denominator


@lru_cache(maxsize=4096)
def meaning(char: str) -> Meaning | None:
    """The tokens that one sign outside ASCII means by itself; None if it is not in the table."""
    if char in GREEK or char.isascii():
        return (_character(char),)
    if char in COMMANDS:
        return command(COMMANDS[char])
    if char in SIGNS:
        return tuple(("sign", sign) for sign in SIGNS[char])
    if char in FRACTIONS:
        return _fraction(*FRACTIONS[char])
    if ord(char) in FULL_WIDTH:
        return (_character(chr(FULL_WIDTH[ord(char)])),)
    return _styled(char) or _composed(char)


def _styled(char: str) -> Meaning | None:
    name = unicodedata.name(char, "")
    plain = unicodedata.normalize("NFKC", char)
    style = next((value for prefix, value in STYLES if name.startswith(prefix)), None)
    if style is None or len(plain) != 1 or char == plain:
        return None
    inner = meaning(plain)
    if inner is None or not style or not (plain in GREEK or plain.isascii()):
        return inner
    if plain in GREEK and style == r"\mathbf":
        style = r"\boldsymbol"
    return wrapped(style, inner)


def _composed(char: str) -> Meaning | None:
    canonical = unicodedata.normalize("NFC", char)  # the ohm sign is Ω, the kelvin sign K
    if canonical != char:
        return meaning(canonical) if len(canonical) == 1 else None
    base, *marks = list(unicodedata.normalize("NFD", char))
    inner = meaning(base) if marks and (base.isascii() or base in GREEK) else None
    return None if inner is None else accented(inner, marks)


def accented(inner: Meaning, marks: list[str]) -> Meaning | None:
    """The content under its accents, the innermost first; None if one is not in the table."""
    for mark in marks:
        if mark not in ACCENTS:
            return None
        inner = wrapped(ACCENTS[mark], inner)
    return inner


def refusal(char: str, start: int, end: int) -> Remark:
    """Why a sign is not read, and what to write instead."""
    name = unicodedata.name(char, "a control character")
    if char in CYRILLIC_LOOKALIKES:
        hint = f"it looks like the Latin letter {CYRILLIC_LOOKALIKES[char]}: type that one"
    elif char in CAPITAL_GREEK_LOOKALIKES:
        hint = f"it looks like the Latin letter {CAPITAL_GREEK_LOOKALIKES[char]}: type that one"
    elif unicodedata.combining(char):
        hint = "write the accent as a command, \\hat y or \\tilde y"
    elif char.isalnum():
        hint = "use a Latin or Greek letter, a digit 0-9, or put words into \\text{…}"
    elif char.isprintable():
        hint = "write it as a LaTeX command"
    else:
        hint = "it cannot be seen: delete it"
    message = f"the character U+{ord(char):04X} ({name}) is not part of the notation"
    return Remark(message, start, end, hint)


def invisible(char: str, start: int, end: int) -> Remark:
    """That a sign which cannot be seen was passed over."""
    name = unicodedata.name(char, "a control character")
    return Remark(
        f"the invisible character U+{ord(char):04X} ({name}) is passed over",
        start,
        end,
        "delete it if it is not meant",
    )


def is_mark(char: str) -> bool:
    """Whether a sign combines with the one before it."""
    return (
        "\u0300" <= char <= "\u036f" or "\u1ab0" <= char <= "\u1aff" or "\u20d0" <= char <= "\u20ff"
    )
