"""Elaboration: from what is written to typed terms, by the types of a document's names."""
