"""What is said when something of ours went wrong."""


def say_sorry(reference: str, what: str = "Something went wrong on my side") -> str:
    """The sentence for whoever asked; the reference is what the log knows it by."""
    return f"{what}. Try again; if it stays so, tell whoever looks after me: {reference}."
