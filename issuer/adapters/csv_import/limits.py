"""How much a file may hold.

A whole year of the Cnam's decisions is under 100,000 rows of 200 bytes; the limits leave room for that
and keep a wrong or hostile file from filling the memory.
"""

MAX_FILE_BYTES = 20_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELL_CHARACTERS = 10_000
MAX_MAP_BYTES = 100_000

EARLIEST_YEAR = 1900
"""No living candidate was born before; an earlier year is a slip of the keyboard (``0984``)."""
