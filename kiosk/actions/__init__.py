"""Use cases, one function each: load, decide, save. They take a unit of work, which carries time and actor."""
