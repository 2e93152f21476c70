"""A layout as messages: in one where it fits, else it goes on in further ones, cut where it hurts least."""

from dataclasses import dataclass, field

from bot.news.trend import Trend
from config import defaults
from handlers.layout.elements import Layout, Words
from handlers.slack.blocks import Group, groups_of, size_of
from handlers.slack.mrkdwn import Block, markup, plain_object


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What one message shows: blocks, and the text that a notification or a screen reader says instead.

    `trends` are those of its pictures, by the id of the block that describes them until they are there.
    """

    text: str
    blocks: tuple[Block, ...]
    trends: dict[str, Trend] = field(default_factory=dict)


def messages_of(layout: Layout) -> list[Message]:
    """The messages in which it is shown, in order, never none; each is within what Slack takes."""
    filled = [_trimmed(group) for group in _fill(groups_of(layout.elements))]
    filled = [group for group in filled if group.blocks] or [Group()]
    count = len(filled)
    return [
        Message(
            text=_text(layout.summary, number, count),
            blocks=tuple(group.blocks) or (_summary_block(layout.summary),),
            trends=group.trends,
        )
        for number, group in enumerate(filled, start=1)
    ]


def _fill(groups: list[Group]) -> list[Group]:
    """As many groups together as fit into one message."""
    filled = [Group()]
    for group in (part for whole in groups for part in _parts(whole)):
        if not _fits(filled[-1], len(group.blocks), group.size):
            filled.append(Group())
        filled[-1].add(group.blocks)
        filled[-1].trends |= group.trends
    return filled


def _parts(group: Group) -> list[Group]:
    """The group, in parts where it is too large for one message."""
    if _fits(Group(), len(group.blocks), group.size):
        return [group]
    parts = [Group()]
    for block in group.blocks:
        if parts[-1].blocks and not _fits(parts[-1], 1, size_of(block)):
            parts.append(Group())
        parts[-1].add([block])
        name = block.get("block_id", "")
        if name in group.trends:
            parts[-1].trends[name] = group.trends[name]
    return parts


def _fits(group: Group, blocks: int, size: int) -> bool:
    """Whether so many more blocks of that size may be in the same message."""
    is_few = len(group.blocks) + blocks <= defaults.SLACK_MESSAGE_BLOCKS
    return is_few and group.size + size <= defaults.SLACK_MESSAGE_CHARACTERS


def _trimmed(group: Group) -> Group:
    """The group without lines at its edges, where they divide nothing."""
    while group.blocks and group.blocks[0]["type"] == "divider":
        del group.blocks[0]
    while group.blocks and group.blocks[-1]["type"] == "divider":
        del group.blocks[-1]
    return group


def _text(summary: str, number: int, count: int) -> str:
    said = plain_object(summary, defaults.SLACK_SUMMARY)["text"]
    return markup((Words(text=f"{said} ({number} of {count})" if count > 1 else said),))


def _summary_block(summary: str) -> Block:
    return {"type": "section", "text": plain_object(summary, defaults.SLACK_SECTION)}
