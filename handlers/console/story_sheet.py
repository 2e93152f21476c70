"""Stories on a sheet."""

from collections.abc import Mapping, Sequence

from rich.text import Text

from bot.news.article import Article
from bot.news.saying.counting import counted
from bot.news.story import KeptStory, StoryId
from handlers.console.plain import plain
from handlers.console.sheet import BOLD, DIM, GLUE, MARK, Sheet


def show_stories(sheet: Sheet, stories: Sequence[KeptStory], earlier: Mapping[StoryId, KeptStory], total: int) -> None:
    """The stories, newest first, each with who tells it, when, what it follows, and where to read it.

    `earlier` are the stories that they follow; `total` is how many there are, of which these are the newest.
    """
    if not stories:
        sheet.write(Text("No stories: nothing was added in that time. `newsdesk add PATH` adds articles."))
        return
    sheet.write(Text(counted(total, "story", "stories"), BOLD))
    width = len(str(len(stories))) + 2
    for number, story in enumerate(stories, start=1):
        sheet.print(Text())
        sheet.write(Text(plain(story.headline) or "(no title)", BOLD), lead=Text(f"{number}.".ljust(width), MARK))
        sheet.write(Text(_tellers(story)), indent=width)
        sheet.write(Text(_dates(sheet, story), DIM), indent=width)
        before = earlier.get(story.follows) if story.follows is not None else None
        if before is not None:
            sheet.write(Text(f"follows: {plain(before.headline) or '(no title)'}", DIM), indent=width)
        sheet.write_link(_to_read(story).url, indent=width)
    if total > len(stories):
        sheet.print(Text())
        sheet.write(Text(f"and {total - len(stories):,} older; --json lists them all", DIM))


def _tellers(story: KeptStory) -> str:
    names = [plain(name) for name in story.publishers]
    told = f"{counted(len(names), 'publisher')}: {', '.join(names)}" if names else "no publisher of its own"
    copies = sum(article.copy_of is not None for article in story.articles)
    return f"{told}; {counted(copies, 'copy', 'copies')}" if copies else told


def _dates(sheet: Sheet, story: KeptStory) -> str:
    """When its articles are from, the oldest and the newest."""
    dated = [article for article in story.articles if article.published is not None]
    count = counted(len(story.articles), "article")
    if not dated:
        return f"{count}{GLUE}· undated"
    newest, oldest = dated[0], dated[-1]
    first, last = _day(sheet, oldest), _day(sheet, newest)
    if first == last:
        return f"{count}{GLUE}· {sheet.date(newest.published, day_only=newest.published_day_only)}"
    return f"{count}{GLUE}· {first} to {last}"


def _day(sheet: Sheet, article: Article) -> str:
    return sheet.day(article.published, day_only=article.published_day_only) if article.published else ""


def _to_read(story: KeptStory) -> Article:
    """The newest article that is no copy and has a link, else the newest."""
    linked = (article for article in story.articles if article.copy_of is None and article.url)
    return next(linked, story.articles[0])
