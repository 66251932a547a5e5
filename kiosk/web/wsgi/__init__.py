"""The HTTP/1.1 server of the service: many connections, few threads; it knows WSGI and nothing of the office."""
