"""From the surface of one display to its statements: rows, chains, lists and clauses."""
