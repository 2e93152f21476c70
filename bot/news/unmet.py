"""Why an article does not meet a rule."""

from bot.news.rule import AllOf, NoneOf, OneOf, Published, Rule
from bot.news.subject import Subject


def why_unmet(rule: Rule, subject: Subject) -> str:
    """What the article lacks or has, so that it does not meet the rule: "it has no “rates”"."""
    match rule:
        case AllOf(parts):
            return next(why_unmet(part, subject) for part in parts if not part.holds(subject))
        case NoneOf(Published() as part):
            return f"it is {part.in_words}"
        case NoneOf(part):
            return f"it has what must not be there: {part.in_words}"
        case OneOf():
            return f"it has nothing of this: {rule.in_words}"
        case Published():
            return f"it is not {rule.in_words}"
    return f"it has no {rule.in_words}" if rule.in_words.startswith("“") else f"it lacks this: {rule.in_words}"
