"""The command `waymark documents`, one file for each of its verbs."""
