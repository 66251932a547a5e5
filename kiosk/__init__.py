"""The one-stop office's service: queue, journal, pages and figures."""
