"""Voice packs: what is said, in which clips, how they are made, levelled, kept and shared. No pygame, no network."""
