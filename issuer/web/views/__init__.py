"""One module per area: each view reads the request, asks the service once, and presents the answer."""
