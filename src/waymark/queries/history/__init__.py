"""The history of a row: what was done to it and to what lies in it, in words."""
