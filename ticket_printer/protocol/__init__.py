"""ESC/POS: commands, answers, status, and what each printer can do."""
