"""The doors: each turns a request into one call below and its result into a reply."""
