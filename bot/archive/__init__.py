"""Plurals. What is kept, and every statement that reads or writes it."""
