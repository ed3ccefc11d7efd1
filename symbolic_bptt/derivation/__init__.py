"""Derivatives of a model's loss: the closed form in matrix notation, and SymPy's own."""
