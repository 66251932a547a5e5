"""The commands of `motcua`, one file a room; heavy imports happen when a command runs."""
