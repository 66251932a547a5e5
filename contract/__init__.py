"""The words that every part shares: events, states, codes, times. Standard library only."""
