"""What one way of writing must say: how each sign, script, fraction and table is drawn."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from ..tree import Call, Derivative, Expr, Node
from .pieces import Pieces
from .precedence import Level
from .ranges import RangeSigns


@dataclass(frozen=True)
class Signs:
    """The operators of one way of writing."""

    minus: str
    operations: Mapping[str, str]
    relations: Mapping[str, str]
    ranges: RangeSigns
    indicator: str
    otherwise: str
    layouts: Mapping[str, str]


class Drawing(ABC):
    """The part of a printer in which LaTeX and plain text differ."""

    signs: ClassVar[Signs]
    precedence: ClassVar[Mapping[type[Node], Level]]

    @abstractmethod
    def pieces(self, node: Node) -> Pieces: ...

    @abstractmethod
    def number(self, value: Fraction) -> str: ...

    @abstractmethod
    def head(self, head: str) -> str: ...

    @abstractmethod
    def subscript(self, sub: str) -> str: ...

    @abstractmethod
    def scripted(self, mark: str, script: str) -> str: ...

    @abstractmethod
    def constant(self, kind: str, sizes: str) -> str: ...

    @abstractmethod
    def kronecker(self, indices: str) -> str: ...

    @abstractmethod
    def parentheses(self, *content: Expr) -> tuple[str, str]: ...

    @abstractmethod
    def quotient(self, numerator: Expr, denominator: Expr) -> Pieces: ...

    @abstractmethod
    def power(self, base: Expr, exponent: Expr) -> Pieces: ...

    @abstractmethod
    def transpose(self, operand: Expr) -> Pieces: ...

    @abstractmethod
    def call(self, node: Call) -> Pieces: ...

    @abstractmethod
    def derivative(self, node: Derivative) -> str: ...

    @abstractmethod
    def held(self, body: Expr, fixed: tuple[Expr, ...]) -> str: ...

    @abstractmethod
    def big_operator(self, kind: str, limits: str) -> str: ...
