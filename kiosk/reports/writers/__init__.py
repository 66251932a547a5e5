"""One document, many formats: each writer puts the model of kiosk.reports.document into a file."""
