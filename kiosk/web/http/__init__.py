"""The plumbing of HTTP: calls, authentication, errors, the OpenAPI description, the live stream."""
