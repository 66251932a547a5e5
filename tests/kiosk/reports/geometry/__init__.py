"""Reads produced PDF files as a registry office would hold them: with a ruler."""
