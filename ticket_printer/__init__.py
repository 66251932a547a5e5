"""ESC/POS thermal printers: slips in, paper and a truthful outcome out. Knows slips, not tickets."""
