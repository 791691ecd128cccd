"""Public pages; read-only, may not reach actions even indirectly. Pages enter with a later issue."""
