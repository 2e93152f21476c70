"""Numbers and settings."""
