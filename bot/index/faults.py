"""What can be wrong with the index that only the index and the wiring speak of."""

from bot.errors import NewsdeskError


class NoWeights(NewsdeskError):
    """There is no encoder, and why; the desk then works by words alone."""
