"""Words in which the desk says things on every platform, as plain text; what is from outside in them is as it came."""
