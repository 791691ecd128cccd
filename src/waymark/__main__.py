"""`python -m waymark` is the `waymark` command."""

import sys

from waymark.interfaces.cli.main import main

sys.exit(main())
