"""Plurals. What is kept, and every line of SQL."""
