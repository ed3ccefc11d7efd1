"""The typed core: terms whose every node has its shape, in which nothing is left to be decided."""
