"""Configuration: the schema, its loading, the sample office. Imports nothing else of the project."""

import os

# Nothing here is a plugin of pydantic; looking for one reads the description of every installed package, every time.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
