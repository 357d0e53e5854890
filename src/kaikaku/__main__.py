"""`python -m kaikaku`."""

import sys

from kaikaku.cli import main

sys.exit(main())
