"""Newsdesk: a self-hosted news desk that shows its proof."""
