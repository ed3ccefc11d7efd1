"""The command line `bptt`: one small file a command, which imports the mathematics when it runs."""

from .app import main

__all__ = ["main"]
