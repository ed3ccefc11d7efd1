r"""What a command or a sign is, as literal tables: the closed list of all that the surface knows.

Only commands that stand for one node by themselves, and those that mean nothing, are here; what
takes arguments is in the table of the module that reads it.
"""

from __future__ import annotations

from .table import listed

SYMBOLS = listed(
    r"\alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \theta \vartheta \iota \kappa"
    r" \varkappa \lambda \mu \nu \xi \pi \varpi \rho \varrho \sigma \varsigma \tau \upsilon \phi"
    r" \varphi \chi \psi \omega \digamma \Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Upsilon \Phi"
    r" \Psi \Omega \varGamma \varDelta \varTheta \varLambda \varXi \varPi \varSigma \varUpsilon"
    r" \varPhi \varPsi \varOmega \ell \hbar \imath \jmath \infty \emptyset \top \prime \dagger"
    r" \ddagger \Re \Im \aleph \wp"
)
"""Letters and letter-like signs that are a name as they stand."""

SYMBOL_SPELLINGS = {
    r"\intercal": r"\top", r"\dag": r"\dagger", r"\varnothing": r"\emptyset", r"\bot": r"\perp",
    r"\hslash": r"\hbar",
}  # fmt: skip
"""Other spellings of those."""

FUNCTIONS = listed(
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg liminf"
    " limsup ln log max min Pr sec sin sinh sup tan tanh"
)
"""Operator names that are a command of LaTeX, `\\tanh`."""

OPERATOR_NAMES = listed(
    "softmax logsoftmax sigmoid sigm logistic softplus softsign relu ReLU leakyrelu elu ELU gelu"
    " GELU silu SiLU swish hardtanh argmax argmin diag Diag tr Tr trace vec sign sgn sech csch"
    " artanh arctanh arsinh arcosh stopgrad sg detach abs sqrt norm rank span Cov Var erf step"
    " Heaviside heaviside hadamard concat lse logsumexp cbrt sum mean clip round floor ceil"
    " identity Id blockdiag normalize LayerNorm dropout"
)
"""Further names of functions, `\\operatorname{softmax}` whichever way they are set."""

OPERATORS = {
    "+": "+", "-": "-", "*": "*", "/": "/", "@": "@", "!": "!",
    r"\pm": r"\pm", r"\mp": r"\mp", r"\ast": "*", r"\times": "*", r"\div": "/", r"\slash": "/",
    r"\cdot": r"\cdot", r"\cdotp": r"\cdot", r"\centerdot": r"\cdot", r"\bullet": r"\cdot",
    r"\odot": r"\odot", r"\circ": r"\odot", r"\otimes": r"\otimes", r"\oslash": r"\oslash",
    r"\partial": r"\partial", r"\nabla": r"\nabla", r"\star": r"\star", r"\oplus": r"\oplus",
    r"\ominus": r"\ominus", r"\cup": r"\cup", r"\cap": r"\cap", r"\setminus": r"\setminus",
    r"\bmod": r"\bmod", r"\mod": r"\bmod", "mod": r"\bmod", r"\backslash": r"\setminus",
    r"\wedge": r"\wedge", r"\vee": r"\vee", r"\land": r"\wedge", r"\lor": r"\vee",
    r"\neg": r"\neg", r"\lnot": r"\neg", r"\exists": r"\exists", r"\nexists": r"\nexists",
}  # fmt: skip

RELATIONS = {
    "=": "=", "<": "<", ">": ">", r"\lt": "<", r"\gt": ">",
    r"\le": r"\le", r"\leq": r"\le", r"\leqslant": r"\le", r"\leqq": r"\le",
    r"\ge": r"\ge", r"\geq": r"\ge", r"\geqslant": r"\ge", r"\geqq": r"\ge",
    r"\ne": r"\ne", r"\neq": r"\ne", r"\coloneqq": ":=", r"\coloneq": ":=", r"\defeq": ":=",
    r"\eqdef": ":=", r"\triangleq": ":=", r"\eqqcolon": r"\eqqcolon",
    r"\equiv": r"\equiv", r"\approx": r"\approx", r"\approxeq": r"\approx",
    r"\thickapprox": r"\approx", r"\propto": r"\propto", r"\varpropto": r"\propto",
    r"\sim": r"\sim", r"\thicksim": r"\sim", r"\simeq": r"\simeq", r"\cong": r"\cong",
    r"\doteq": r"\doteq", r"\asymp": r"\asymp", r"\nsim": r"\nsim", r"\ncong": r"\ncong",
    r"\to": r"\to", r"\rightarrow": r"\to", r"\longrightarrow": r"\to", r"\mapsto": r"\mapsto",
    r"\longmapsto": r"\mapsto", r"\leftarrow": r"\leftarrow", r"\gets": r"\leftarrow",
    r"\longleftarrow": r"\leftarrow", r"\leftrightarrow": r"\leftrightarrow",
    r"\Rightarrow": r"\Rightarrow", r"\implies": r"\Rightarrow", r"\Longrightarrow": r"\Rightarrow",
    r"\Leftarrow": r"\Leftarrow", r"\impliedby": r"\Leftarrow", r"\Longleftarrow": r"\Leftarrow",
    r"\Leftrightarrow": r"\Leftrightarrow", r"\iff": r"\Leftrightarrow",
    r"\Longleftrightarrow": r"\Leftrightarrow", r"\leadsto": r"\leadsto",
    r"\rightsquigarrow": r"\leadsto", r"\hookrightarrow": r"\hookrightarrow",
    r"\in": r"\in", r"\notin": r"\notin", r"\ni": r"\ni", r"\subset": r"\subset",
    r"\subseteq": r"\subseteq", r"\supset": r"\supset", r"\supseteq": r"\supseteq",
    r"\gg": r"\gg", r"\ll": r"\ll", r"\lesssim": r"\lesssim", r"\gtrsim": r"\gtrsim",
    r"\prec": r"\prec", r"\succ": r"\succ", r"\preceq": r"\preceq", r"\succeq": r"\succeq",
    r"\lll": r"\ll", r"\ggg": r"\gg", r"\parallel": r"\parallel", r"\models": r"\models",
    r"\vdash": r"\vdash", r"\dashv": r"\dashv", r"\perp": r"\perp",
    r"\simneqq": r"\simneqq", r"\eqsim": r"\simeq", r"\backsim": r"\sim",
    r"\bumpeq": r"\bumpeq", r"\Bumpeq": r"\Bumpeq", r"\circeq": r"\circeq", r"\eqcirc": r"\eqcirc",
    r"\doteqdot": r"\doteq", r"\risingdotseq": r"\doteq", r"\fallingdotseq": r"\doteq",
    r"\lessapprox": r"\lesssim", r"\gtrapprox": r"\gtrsim", r"\lessgtr": r"\lessgtr",
    r"\gtrless": r"\gtrless", r"\precsim": r"\precsim", r"\succsim": r"\succsim",
    r"\preccurlyeq": r"\preceq", r"\succcurlyeq": r"\succeq",
    r"\trianglelefteq": r"\trianglelefteq",
    r"\trianglerighteq": r"\trianglerighteq", r"\vartriangleleft": r"\vartriangleleft",
    r"\vartriangleright": r"\vartriangleright", r"\sqsubset": r"\sqsubset",
    r"\sqsubseteq": r"\sqsubseteq", r"\sqsupset": r"\sqsupset", r"\sqsupseteq": r"\sqsupseteq",
    r"\subsetneq": r"\subsetneq", r"\supsetneq": r"\supsetneq", r"\nsubseteq": r"\nsubseteq",
    r"\nsupseteq": r"\nsupseteq", r"\nless": r"\nless", r"\ngtr": r"\ngtr", r"\nleq": r"\nleq",
    r"\ngeq": r"\ngeq",
    r"\nparallel": r"\nparallel", r"\nmid": r"\nmid", r"\smile": r"\smile", r"\frown": r"\frown",
    r"\Vdash": r"\Vdash", r"\vDash": r"\models", r"\nvdash": r"\nvdash", r"\between": r"\between",
    r"\uparrow": r"\uparrow", r"\downarrow": r"\downarrow", r"\updownarrow": r"\updownarrow",
    r"\Uparrow": r"\Uparrow", r"\Downarrow": r"\Downarrow", r"\nearrow": r"\nearrow",
    r"\searrow": r"\searrow", r"\nwarrow": r"\nwarrow", r"\swarrow": r"\swarrow",
    r"\longleftrightarrow": r"\leftrightarrow", r"\nrightarrow": r"\nrightarrow",
    r"\nleftarrow": r"\nleftarrow", r"\nRightarrow": r"\nRightarrow",
    r"\nLeftarrow": r"\nLeftarrow", r"\nLeftrightarrow": r"\nLeftrightarrow",
    r"\hookleftarrow": r"\hookleftarrow", r"\twoheadrightarrow": r"\to",
    r"\rightarrowtail": r"\to", r"\dashrightarrow": r"\to", r"\rightharpoonup": r"\rightharpoonup",
    r"\rightharpoondown": r"\rightharpoondown", r"\rightleftharpoons": r"\rightleftharpoons",
    r"\rightleftarrows": r"\leftrightarrow", r"\rightrightarrows": r"\to",
    r"\multimap": r"\multimap",
    r"\Rrightarrow": r"\Rightarrow", r"\Mapsto": r"\mapsto", r"\bowtie": r"\bowtie",
}  # fmt: skip
r"""Every relation that has a name in LaTeX: one that is not judged is told, and so must be seen."""

LABELLED_RELATIONS = {
    r"\xrightarrow": r"\to", r"\xleftarrow": r"\leftarrow", r"\xRightarrow": r"\Rightarrow",
    r"\xmapsto": r"\mapsto", r"\xlongequal": "=", r"\xlongrightarrow": r"\to",
}  # fmt: skip
"""Relations with an argument that stands over them, and one in brackets under them."""

NEGATED = {"=": r"\ne", r"\in": r"\notin", "<": r"\ge", ">": r"\le"}
r"""What `\not` makes of a relation; of any other it makes `\not` and the relation."""

SEPARATORS = {
    ",": ",", ";": ";", ":": ":", r"\colon": ":", ".": ".", r"\ldotp": ".", "&": "&",
    r"\quad": r"\quad", r"\qquad": r"\qquad", r"\enspace": r"\quad", r"\enskip": r"\quad",
    r"\hfill": r"\quad", r"\hfil": r"\quad", r"\\": r"\\", r"\cr": r"\\", r"\newline": r"\\",
    r"\tabularnewline": r"\\", r"\forall": r"\forall", r"\mid": "|",
}  # fmt: skip

DOTS = {
    r"\dots": r"\dots", r"\ldots": r"\dots", r"\dotsc": r"\dots", r"\dotso": r"\dots",
    r"\dotsb": r"\cdots", r"\dotsm": r"\cdots", r"\dotsi": r"\cdots", r"\cdots": r"\cdots",
    r"\vdots": r"\vdots", r"\ddots": r"\ddots", r"\iddots": r"\iddots", r"\udots": r"\iddots",
}  # fmt: skip

BIG = listed(
    r"\sum \prod \coprod \int \iint \iiint \oint \lim \bigcup \bigcap \bigoplus \bigotimes \bigodot"
    r" \bigvee \bigwedge \bigsqcup \biguplus"
)

REMARK_WORDS = {r"\therefore": "therefore", r"\because": "because"}

LIMITS = frozenset((r"\limits", r"\nolimits", r"\displaylimits", r"\!", r"\,", r"\:", r"\;", r"\>"))
"""What may stand between a base and its scripts."""

SIZES = frozenset(
    rf"\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")
)

IGNORED = (
    LIMITS
    | SIZES
    | listed(
        r"\thinspace \medspace \thickspace \negthinspace \negmedspace \negthickspace \space"
        r" \nobreakspace \nonumber \notag \displaystyle \textstyle \scriptstyle \scriptscriptstyle"
        r" \mathstrut \strut \relax \null \protect \allowbreak \nobreak \linebreak \nolinebreak"
        r" \displaybreak \pagebreak \nopagebreak \newpage \noindent \centering \bigskip \medskip"
        r" \smallskip \par \hline \toprule \midrule \bottomrule \hdashline \noalign \unboldmath"
        r" \tiny \scriptsize \footnotesize \small \normalsize \large \Large \LARGE \huge \Huge"
        r" \normalfont \upshape \mathsurround \qed \qedhere \leavevmode \ignorespaces \unskip"
        r" \square \blacksquare \IEEEyesnumber \IEEEnonumber \IEEEnosubnumber \yesnumber \- \@"
    )
    | frozenset(("\\ ", "~", r"\/", "\\\n", "\\\t"))
)

IGNORED_ARGUMENTS = {
    r"\label": 1, r"\tag": 1, r"\hspace": 1, r"\vspace": 1, r"\mspace": 1, r"\phantom": 1,
    r"\hphantom": 1, r"\vphantom": 1, r"\ref": 1, r"\eqref": 1, r"\cref": 1, r"\Cref": 1,
    r"\autoref": 1, r"\cite": 1, r"\citep": 1, r"\citet": 1, r"\footnote": 1, r"\cline": 1,
    r"\cmidrule": 1, r"\rule": 2, r"\setlength": 2, r"\addtolength": 2, r"\hypertarget": 1,
    r"\marginpar": 1, r"\index": 1, r"\require": 1, r"\vskip": 0, r"\hskip": 0, r"\kern": 0,
    r"\mkern": 0, r"\mskip": 0, r"\IEEEeqnarraynumspace": 0, r"\numberthis": 0, r"\fontsize": 2,
}  # fmt: skip
"""Commands that mean nothing, and how many arguments in braces go with them."""

DIMENSIONS = frozenset((r"\hskip", r"\vskip", r"\kern", r"\mkern", r"\mskip"))
"""Commands followed by a length without braces, `\\hskip 2pt`."""

UNITS = listed("pt pc in bp cm mm dd cc sp ex em mu")
