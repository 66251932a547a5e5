"""The columns of form II.06a that a dossier can count in, by the names of their figures."""

STANDINGS = ("early", "on_time", "late", "open_in_time", "open_overdue")
