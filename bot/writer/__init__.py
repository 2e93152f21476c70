"""Evidence to sentences."""
