"""Platforms. Translation only."""
