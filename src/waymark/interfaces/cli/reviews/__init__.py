"""The command `waymark reviews`: see command.py."""
