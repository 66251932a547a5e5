"""The voices of the office: what boards play, and what the studio records."""
