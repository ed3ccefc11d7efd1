"""One command a file, under its own name, as `command`. The list is COMMANDS in `cli/app.py`."""
