"""How many there are, in words."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """The number with its noun, in the plural where it needs one: 1 article, 1,200 articles."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {plural or noun + 's'}"
