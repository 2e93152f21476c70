"""Numbers of deliveries: leases, limits, and how long to wait for what."""

LEASE_SECONDS = 45
"""Seconds for which a delivery belongs to whoever sends it: longer than a guarded send can take."""

SEND_GUARD_SECONDS = 20
"""Seconds after a claim beyond which nothing is sent any more: a machine that slept must not wake up and post."""

SEND_SECONDS = 20
"""Seconds that one post may take."""
