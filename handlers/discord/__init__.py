"""Discord: what comes from it becomes requests, what the desk says becomes messages. The door to its library."""
