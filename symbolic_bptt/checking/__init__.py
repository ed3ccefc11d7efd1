"""Claims, readings, verdicts and their evidence: is this formula true of this model?"""
