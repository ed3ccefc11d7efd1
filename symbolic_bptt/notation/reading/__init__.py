"""From lark's tree to the syntax tree: names and scripts, products and derivatives, ranges."""

from .expressions import new_scope, read_expression, read_statement
from .ranges import read_clause
from .scope import Scope
from .targets import read_target

__all__ = ["Scope", "new_scope", "read_clause", "read_expression", "read_statement", "read_target"]
