"""Sentences in the languages of the office, numbers and times as people write them."""
