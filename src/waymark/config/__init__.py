"""Settings of one installation, read from the environment; imports all floors and is imported by none."""
