"""Messages as they are kept until they are posted: the blocks as Slack gets them, and the figures of their pictures."""

import json

from bot.news.trend import thaw_trend
from handlers.slack.messages import Message


def freeze(message: Message) -> str:
    """The message as it is kept."""
    kept: dict[str, object] = {"text": message.text, "blocks": message.blocks}
    if message.trends:
        kept["trends"] = {name: trend.frozen() for name, trend in message.trends.items()}
    return json.dumps(kept, ensure_ascii=False)


def thaw(payload: str) -> Message:
    """The message that was kept."""
    kept = json.loads(payload)
    trends = {name: thaw_trend(trend) for name, trend in kept.get("trends", {}).items()}
    return Message(text=kept["text"], blocks=tuple(kept["blocks"]), trends=trends)
