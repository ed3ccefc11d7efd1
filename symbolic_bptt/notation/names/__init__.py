"""Names: what the scripts of a name are, inferred once from a whole document."""
