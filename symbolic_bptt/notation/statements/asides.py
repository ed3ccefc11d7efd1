"""Asides: words beside an equation that are in no table, and whether they might limit it.

What is known to say nothing about where an equation holds is `harmless`. What might say so, by a
word that limits or denies, by a letter, a number or a script that is not Latin, is `limiting`: the
equation beside it is not read. Anything else is `doubtful`: the equation is read, and where it does
not hold as it stands, it is left open, since a true equation is true under any condition.
"""

from __future__ import annotations

import re
from typing import Literal

from ..surface.table import listed

Aside = Literal["harmless", "doubtful", "limiting"]

_HARMLESS = listed(
    """
    a an the this that these our its so and of to by is are we you be what which here also then
    thus input inputs output outputs hidden state states gate gates cell memory candidate layer
    sigmoid logistic softmax tanh relu hyperbolic tangent activation activations function functions
    nonlinearity loss cost objective cross entropy squared error errors signal gradient gradients
    jacobian adjoint weight weights bias biases matrix matrices vector vectors scalar scalars
    element wise elementwise pointwise component componentwise entrywise entry hadamard schur outer
    product products network networks recurrent update updates new content write writes written
    read reads forget forgets remember keep erase expose use using apply applying chain rule
    product sum rule definition derivative derivatives denotes denote represents called known
    equation eq recursion forward backward pass prediction predictions target targets label labels
    logits score scores pre preactivation activation net affine linear combination
    der die das den dem des ein eine einer und ist sind wird also somit daher eingabe ausgabe
    zustand verborgener verborgene verborgen funktion aktivierung verlust fehler gewichte gewicht
    matrix vektor elementweise komponentenweise produkt kettenregel nach gleichung
    le la les un une des du et est sont donc entrée sortie état caché fonction activation perte
    erreur poids biais vecteur matrice produit élément règle dérivation
    el los las una y es son entrada salida estado oculto función activación pérdida pesos sesgo
    vector matriz producto elemento regla cadena
    """
)
"""Words that say nothing about where an equation holds."""

_LIMITING = listed(
    """
    only just unless except without with when whenever where while if iff for provided given
    assuming assume assumes assumed ignoring ignore neglecting neglect dropping at in on last first
    final initial boundary beginning end start during until till before after not no never cannot
    wrong incorrect false mistake approximately approx roughly about almost nearly some sometimes
    often case cases single one two zero nonzero positive negative constant fixed truncated
    otherwise else or but however small large limit usually typically training inference any each
    every all both neither up from between within under over than most least once
    nur außer ausser ohne wenn falls für fuer bei beim am im letzten letzte letzter ersten erste
    erster nicht kein keine nie falsch ungefähr etwa näherungsweise sonst oder aber mit wobei
    während bis vor null fest jedes jeden alle
    seulement sauf sans si quand lorsque pour où avec au aux à en dernier dernière premier première
    pas non ne faux environ sinon ou mais pendant avant après nul chaque tout tous
    solo sólo solamente excepto salvo sin cuando para donde con último última primer primero primera
    falso aproximadamente sino o pero durante antes después cero cada todo todos
    soltanto tranne senza se per dove nel ultimo primo apenas exceto sem onde com em primeiro não
    alleen behalve zonder als wanneer voor waar met bij laatste eerste niet
    """
)
"""Words that might limit or deny the equation beside them."""

_STEP = re.compile(
    r"\b(?:last|final|first|initial)\s+time[\s-]?steps?\b"
    r"|\b(?:at|for)\s+the\s+(?:very\s+)?(?:last|final|first|initial)\s+(?:time[\s-]?)?(?:step|time)s?\b"
    r"|\b(?:letzte|erste)[nrms]?\s+zeit(?:schritt|punkt)e?s?\b"
    r"|\b(?:derni(?:er|ère)|premi(?:er|ère))\s+(?:pas\s+de\s+temps|instant)\b"
    r"|\b(?:últim[oa]|primer[oa]?)\s+(?:paso\s+de\s+tiempo|instante)\b"
    r"|最后[^。，]{0,3}(?:时刻|时间步)|最後の(?:時刻|タイムステップ)|마지막\s?(?:시점|시간)",
    re.IGNORECASE,
)
"""One step in words; the last step of a derivation is none."""

_WORD = re.compile(r"[^\W\d_]+")
_OTHER = re.compile(r"[\d_^=<>≤≥≠∈∀\\$]")


def aside(text: str) -> Aside:
    """Whether words that stand beside an equation might limit it."""
    words = [word.casefold() for word in _WORD.findall(text)]
    if not words or _OTHER.search(text) or not all(map(_is_latin, words)):
        return "limiting"
    if any(word in _LIMITING or (len(word) == 1 and word not in "ay") for word in words):
        return "limiting"
    return "harmless" if all(word in _HARMLESS for word in words) else "doubtful"


def step_in(text: str) -> str:
    """The words in which a text speaks of one step without a formula, `the last time step`."""
    found = _STEP.search(text)
    return found[0] if found else ""


def without_step(text: str) -> str:
    """The text with `step` for such words, which stand before a formula that says the same."""
    return _STEP.sub(
        lambda match: "for step" if match[0][:2].lower() in ("at", "fo") else "step", text
    )


def _is_latin(word: str) -> bool:
    return all(ord(char) < 0x250 for char in word)
