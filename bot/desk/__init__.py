"""Verbs. The use cases."""
