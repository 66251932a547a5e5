"""The calls of the API, a file a noun."""
