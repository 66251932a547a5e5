"""The child process of the service: builds the office from what it is given and does one job."""
