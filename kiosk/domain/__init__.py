"""The rules of the office, standard library only: no web, no database, no clock, no files."""
