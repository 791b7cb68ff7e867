"""`python -m showup.store FILE` makes a record, or brings it up to date."""

import sys
from pathlib import Path

from showup.store.database import Database

if __name__ == "__main__":
    Database(Path(sys.argv[1])).close()
