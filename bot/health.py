"""What stands still and since when, for those who watch machines: /healthz and /metrics."""
