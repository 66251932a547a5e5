"""Configuration: the schema, its loading, the sample office. Imports nothing else of the project."""
