"""The unrolled graph of a model, and one evaluator of formulas over several domains of numbers."""
