"""`python -m chimata` is the command `chimata`."""

import sys

from .cli import main

sys.exit(main())
