"""Messages as they are kept until they are posted: the blocks as Slack gets them, and the figures of their pictures."""

import json
from datetime import date

from bot.news.trend import Trend
from handlers.slack.messages import Message


def freeze(message: Message) -> str:
    """The message as it is kept."""
    kept: dict[str, object] = {"text": message.text, "blocks": message.blocks}
    if message.trends:
        kept["trends"] = {name: _frozen(trend) for name, trend in message.trends.items()}
    return json.dumps(kept, ensure_ascii=False)


def thaw(payload: str) -> Message:
    """The message that was kept."""
    kept = json.loads(payload)
    trends = {name: _thawed(trend) for name, trend in kept.get("trends", {}).items()}
    return Message(text=kept["text"], blocks=tuple(kept["blocks"]), trends=trends)


def _frozen(trend: Trend) -> dict[str, object]:
    return {"topic": trend.topic, "days": [[day.isoformat(), count] for day, count in trend.days]}


def _thawed(kept: dict[str, object]) -> Trend:
    days, topic = kept["days"], kept["topic"]
    assert isinstance(days, list) and (topic is None or isinstance(topic, str)), "as it was frozen"
    return Trend(topic=topic, days=tuple((date.fromisoformat(day), count) for day, count in days))
