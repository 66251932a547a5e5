"""Long work that is done in a process of its own, so that the service goes on answering."""
