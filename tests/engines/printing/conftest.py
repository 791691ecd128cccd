"""Lets these tests import one another's samples: tests are no package, so the repository's root is put on the path."""

import sys
from pathlib import Path

ROOT = str(Path(__file__).parents[3])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)
