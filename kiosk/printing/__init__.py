"""From the spool to paper: print workers, what they know of a printer, and slips in words and pictures."""
