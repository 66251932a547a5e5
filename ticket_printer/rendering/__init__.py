"""A slip as rows of dots, or as text in the printer's own letters."""
