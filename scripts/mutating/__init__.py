"""The parts of scripts/mutation.py: where to mutate, which tests see it, and runs in forked processes."""
