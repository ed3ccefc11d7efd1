r"""The regular expressions of single tokens: every character matches one of them, all linear."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from .unicode import LOWERED, MARKS, RAISED

_UNIT = r"(?:pt|pc|in|bp|cm|mm|dd|cc|sp|ex|em|mu|\\[A-Za-z]+)"
_BLANKS = r"[ \t]{0,9}"
_LENGTH = rf"\[{_BLANKS}-?[0-9]{{0,9}}[.,]?[0-9]{{0,9}}{_BLANKS}{_UNIT}{_BLANKS}\]"
"""The height behind a line break, `[2pt]`. `\\[h; x]` is a row that begins with a bracket."""

_COMMON = rf"""
(?P<space>[{{BLANK}}]+)
|(?P<row>\\\\\*?(?:{_BLANKS}{_LENGTH})?)
|(?P<command>\\[A-Za-z]+)
|(?P<symbol>\\[\x20-\x7e\t\r\n])
|(?P<lone>\\)
"""
_LATEX = r"""
|(?P<letter>[A-Za-z])
|(?P<number>[0-9]+(?:\.[0-9]+)*|(?<!\.)\.[0-9]+)
|(?P<comment>%[^\n]*)
|(?P<several>\.\*|<=|>=|->|=>)
|(?P<sign>[!-~])
"""
_PLAIN = r"""
|(?P<module>(?<![A-Za-z0-9_.])(?:np|numpy|jnp|torch|math)\.(?=[A-Za-z]))
|(?P<word>[A-Za-z]{ONLY}(?:[A-Za-z0-9]{ONLY})*(?:_(?:hat|tilde|bar|dot|vec)(?![A-Za-z0-9]))?)
|(?P<number>(?:[0-9]+(?:\.[0-9]+)*|(?<!\.)\.[0-9]+)(?:e[-+]?[0-9]+(?![A-Za-z0-9_]))?)
|(?P<comment>(?:\A|(?<=\n))[%\#][^\n]*)
|(?P<inverse>(?:\^|\*\*)[-−](?=[0-9]|T(?![A-Za-z0-9_])))
|(?P<several>\.\*|\./|\.\^|\*\*|<=|>=|!=|->|=>|<-(?=\ )|\.\.\.?
    |~|(?<=[A-Za-z0-9)\]'}])\.T(?![A-Za-z0-9_(]))
|(?P<sign>[!-~])
"""


def _run(signs: Iterable[str]) -> str:
    """Signs of one table in a row, with commas between them: `xₜ,ₖ`."""
    one = f"[{''.join(map(re.escape, signs))}]+"
    return f"{one}(?:,{one})*"


_ALONE = rf"(?![{MARKS}])"
_BEYOND = rf"""
(?P<cluster>(?:\\[A-Za-z]+|[^\s\\{{}}_^&$%{MARKS}])[{MARKS}]+)
|(?P<raised>{_run(RAISED)})
|(?P<lowered>{_run(LOWERED)})
|(?P<wide>[0-9]*[０-９][0-9０-９]*(?:[.．][0-9０-９]+)?)
"""
_FOREIGN = r"""
|(?P<foreign>(?=[A-Za-zÀ-ÖØ-öø-ÿ]{3})[A-Za-z]*[À-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ]*)
"""
_OTHER = "|(?P<other>.)"


def _compiled(*parts: str, blank: str = "", alone: str = "") -> re.Pattern[str]:
    text = "".join(parts).replace("{ONLY}", alone).replace("{BLANK}", r"\ \t\r\n\f\v" + blank)
    return re.compile(text, re.VERBOSE | re.DOTALL)


_PATTERNS = {
    ("latex", True): _compiled(_COMMON, _LATEX, _OTHER, blank="~"),
    ("plain", True): _compiled(_COMMON, _PLAIN, _OTHER),
    ("latex", False): _compiled(_BEYOND, "|", _COMMON, _LATEX, _OTHER, blank="~"),
    ("plain", False): _compiled(_BEYOND, _FOREIGN, "|", _COMMON, _PLAIN, _OTHER, alone=_ALONE),
}


def pattern(dialect: Literal["latex", "plain"], ascii_only: bool) -> re.Pattern[str]:
    """One match for each token, its group saying which kind."""
    return _PATTERNS[dialect, ascii_only]
