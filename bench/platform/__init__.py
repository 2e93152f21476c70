"""A platform that misbehaves: what is posted there, what is taken, lost on the way, answered late or not at all."""
