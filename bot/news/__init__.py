"""Nouns. Values and rules that need nothing but values."""
