"""Ticks: pieces of work that begin again and again. The door to APScheduler."""
