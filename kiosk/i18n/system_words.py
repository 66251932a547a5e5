"""What the operating system says of a file, in the words of the office instead of its own English ones."""

from __future__ import annotations

from config.sentences import sentence_of_system


def refusal_of_system(error: OSError) -> str:
    """Why it refuses a file or a folder, and what to do: a part of a Vietnamese sentence."""
    return sentence_of_system(error).told()
