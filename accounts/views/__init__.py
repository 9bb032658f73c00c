"""Pages about one's own account and organizations that the log-in library does not have."""
