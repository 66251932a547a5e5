"""The columns of form II.06a that a dossier can count in, by the names of their figures."""

# Figures that several columns come to, beside all that were received.
SUMS = {
    "resolved": ("early", "on_time", "late"),
    "kept": ("early", "on_time"),
    "in_time": ("early", "on_time", "open_in_time"),
}
STANDINGS = ("early", "on_time", "late", "open_in_time", "open_overdue")
