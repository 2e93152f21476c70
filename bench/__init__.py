"""Programs that measure quality and speed. Not installed with Newsdesk."""
