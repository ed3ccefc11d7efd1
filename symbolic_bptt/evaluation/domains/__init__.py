"""Domains of numbers: float64, complex128, SymPy expressions, a prime field, Arb balls, sizes."""
