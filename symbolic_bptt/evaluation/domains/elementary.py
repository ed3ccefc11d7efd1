"""Elementary functions defined through others, and their derivatives, once for every domain.

Both tables hold formulas over `f(name, z)`, the value of another function at the same argument,
and native operators; so they serve elements and arrays alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import Unsupported

Apply = Callable[..., Any]

THROUGH_EXP: dict[str, Callable[[Apply, Any], Any]] = {
    "sigmoid": lambda f, z: 1 / (1 + f("exp", -z)),
    "tanh": lambda f, z: 1 - 2 / (f("exp", z) ** 2 + 1),
    "sinh": lambda f, z: (f("exp", z) - f("exp", -z)) / 2,
    "cosh": lambda f, z: (f("exp", z) + f("exp", -z)) / 2,
    "sech": lambda f, z: 2 / (f("exp", z) + f("exp", -z)),
    "softplus": lambda f, z: f("log", 1 + f("exp", z)),
}

THROUGH_STEP: dict[str, Callable[..., Any]] = {
    "sign": lambda f, z: f("step", z) - f("step", -z),
    "abs": lambda f, z: z * f("sign", z),
    "relu": lambda f, z: z * f("step", z),
    "max": lambda f, a, b: b + f("relu", a - b),
    "min": lambda f, a, b: a - f("relu", a - b),
}

POLYNOMIAL = {"tanh": (1, 0, -1), "sigmoid": (0, 1, -1), "exp": (0, 1)}
"""y′ as a polynomial in y, lowest power first: every derivative is then one too."""

CYCLES = {
    "sin": (("sin", 1), ("cos", 1), ("sin", -1), ("cos", -1)),
    "cos": (("cos", 1), ("sin", -1), ("cos", -1), ("sin", 1)),
    "sinh": (("sinh", 1), ("cosh", 1)),
    "cosh": (("cosh", 1), ("sinh", 1)),
}
"""The derivatives that come round again: function and sign by order."""

LISTED: dict[str, tuple[Callable[[Apply, Any], Any], ...]] = {
    "sech": (
        lambda f, z: -f("sech", z) * f("tanh", z),
        lambda f, z: f("sech", z) * (1 - 2 * f("sech", z) ** 2),
        lambda f, z: f("sech", z) * f("tanh", z) * (6 * f("sech", z) ** 2 - 1),
    ),
    "arctan": (
        lambda f, z: 1 / (1 + z**2),
        lambda f, z: -2 * z / (1 + z**2) ** 2,
        lambda f, z: (6 * z**2 - 2) / (1 + z**2) ** 3,
    ),
    "sqrt": (
        lambda f, z: 1 / (2 * f("sqrt", z)),
        lambda f, z: -1 / (4 * f("sqrt", z) ** 3),
        lambda f, z: 3 / (8 * f("sqrt", z) ** 5),
    ),
    "log": (lambda f, z: 1 / z, lambda f, z: -1 / z**2, lambda f, z: 2 / z**3),
    "relu": (lambda f, z: f("step", z), lambda f, z: 0 * z),
    "abs": (lambda f, z: f("sign", z), lambda f, z: 0 * z),
    "sign": (lambda f, z: 0 * z,),
    "step": (lambda f, z: 0 * z,),
}

SLOPES: dict[tuple[str, tuple[int, int]], Callable[[Apply, Any, Any], Any]] = {
    ("max", (1, 0)): lambda f, a, b: f("step", a - b),
    ("max", (0, 1)): lambda f, a, b: 1 - f("step", a - b),
    ("min", (1, 0)): lambda f, a, b: 1 - f("step", a - b),
    ("min", (0, 1)): lambda f, a, b: f("step", a - b),
}

HIGHEST_ORDER = 12


def derivative(f: Apply, function: str, orders: tuple[int, ...], *arguments: Any) -> Any:
    """d^k function/dz^k. Raises `Unsupported` beyond the tables (order 12, or 3 where listed)."""
    if len(orders) == 2 and len(arguments) == 2:
        if (slope := SLOPES.get((function, (orders[0], orders[1])))) is not None:
            return slope(f, *arguments)
        raise Unsupported(f"second derivative of {function}")
    order, z = orders[0], arguments[0]
    if order > HIGHEST_ORDER:
        raise Unsupported(f"derivative of order {order} of {function}")
    if function in POLYNOMIAL:
        return _horner(_iterated(POLYNOMIAL[function], order), f(function, z))
    if function in CYCLES:
        cycle = CYCLES[function]
        name, sign = cycle[order % len(cycle)]
        return sign * f(name, z)
    if function == "softplus":
        return f("sigmoid", z) if order == 1 else derivative(f, "sigmoid", (order - 1,), z)
    listed = LISTED.get(function, ())
    if order > len(listed) and function in ("relu", "abs", "sign", "step"):
        return 0 * z
    if order > len(listed):
        raise Unsupported(f"derivative of order {order} of {function}")
    return listed[order - 1](f, z)


def _iterated(slope: tuple[int, ...], order: int) -> list[int]:
    """The polynomial in y that y^{(order)} is, where y′ = slope(y)."""
    current = [0, 1]
    for _ in range(order):
        lowered = [power * c for power, c in enumerate(current)][1:]
        product = [0] * (len(lowered) + len(slope) - 1)
        for i, a in enumerate(lowered):
            for j, b in enumerate(slope):
                product[i + j] += a * b
        current = product
    return current


def _horner(coefficients: list[int], y: Any) -> Any:
    result = 0 * y + coefficients[-1]
    for coefficient in reversed(coefficients[:-1]):
        result = result * y + coefficient
    return result
