"""Numbers of deliveries: leases, limits, and how long to wait for what."""

# --- sending ------------------------------------------------------------------------------------------------------
DELIVERY_TICK_SECONDS = 0.5
"""Seconds between two looks at what is due: a quarter of a second late on average, and next to no work."""

CLAIMED_AT_ONCE = 20
"""Deliveries claimed in one transaction: a commit costs milliseconds whatever is in it, and a kill leaves no more than
these to be looked up."""

SENT_AHEAD_SECONDS = 0.2
"""Seconds' worth of posts that may begin at once after a rest: one second sees a fifth more than the rate at most."""

SENT_AT_ONCE = 200
"""Posts under way on one platform: enough for 300 a second at half a second each, and for slow ones among them."""

SEND_GUARD_SECONDS = 20
"""Seconds after a claim beyond which nothing is sent any more: a machine that slept must not wake up and post."""

SEND_SECONDS = 20
"""Seconds that one post may take; both platforms answer within a second or two, or not at all."""

LEASE_SECONDS = 45
"""Seconds for which a delivery belongs to whoever sends it: the guard, the post, and five more to settle it."""

POST_AGAIN_SECONDS = 1
POST_AGAIN_LONGEST_SECONDS = 300
"""Seconds before what was certainly not accepted is posted again, twice as long after every further time, up to five
minutes: an outage ends without anybody looking."""

LEFT_ALONE_SECONDS = 3_600
"""Seconds for which a platform's wish to be left alone is followed at most: a wrong one must not lose a digest."""

SETTLE_AGAIN_SECONDS = 0.5
"""Seconds before the archive is asked again to settle what was sent, as long as the lease lasts."""

# --- looking up ---------------------------------------------------------------------------------------------------
RECOVERY_TICK_SECONDS = 1
"""Seconds between two looks at what may have arrived: nobody waits for less."""

LOOKUP_AFTER_SECONDS = 5
"""Seconds after a lease from which on not finding a message means that it is not there: a request may be under way for
ten seconds after its sender gave it up."""

RESTART_SECONDS = 15
"""The same after the start of the only process, when whoever sent is known to be gone: ten seconds under way and five
until a platform shows what it has."""

LOOKUP_BEFORE_SECONDS = 60
"""Seconds before the first attempt from which on its message is looked for: the platform's clock may differ."""

LOOKUP_SECONDS = 30
"""Seconds that one look-up may take, with all its pages."""

LOOKUP_LEASE_SECONDS = 45
"""Seconds for which nobody else looks the same delivery up."""

LOOKUPS_AT_ONCE = 4
"""Look-ups under way on one platform: they are paced far more tightly than posts."""

LOOK_AGAIN_SECONDS = 5
LOOK_AGAIN_LONGEST_SECONDS = 120
"""Seconds before what could not be seen is looked up again, half of the time for which it is unknown: soon at first,
and every two minutes at last."""

HELD_AFTER_MINUTES = 15
"""Minutes for which it is tried to see what became of a delivery before a person is asked."""

CLOCKS_APART_SECONDS = 5
"""Seconds by which the clocks of a desk and its database may differ before it is logged: half of what lies between the
end of a post and the end of its lease, with what is waited before it is looked up."""

STUCK_DUE_MINUTES = 10
"""Minutes for which a delivery may be due before the desk says that it does not do well: limits of a platform and its
outages of a minute are no fault of ours."""
