"""A desk in a world whose time is made up: it is ended at any step, begun again, and nothing waits for a clock."""
