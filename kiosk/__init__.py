"""The one-stop office's service: queue, journal, pages and figures."""

import gc

# Nearly all that a start makes stays: looking through it for rubbish at every 700 objects takes a tenth of the start.
# The service goes back to Python's own way when it serves; commands end soon.
WHILE_LOADING = (10_000, 20, 20)
WHILE_SERVING = gc.get_threshold()
gc.set_threshold(*WHILE_LOADING)
