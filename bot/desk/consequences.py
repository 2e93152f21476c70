"""What follows from news once it is placed: developments, alerts, corrections of what it contradicts."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.archive.archive import Db
from bot.desk.alert import Alerts
from bot.desk.correct import find_contradicted
from bot.desk.desk import Desk
from bot.desk.place import Placed, Placer, Step
from bot.desk.telling import Posters
from bot.writer.development import find_development


def _pass(_: Step) -> None:
    pass


def open_placer(desk: Desk, posters: Posters, *, passed: Callable[[Step], None] = _pass) -> Placer:
    """Who places the news of the desk's Space, with all that follows from it in the same transaction."""
    alerts = Alerts(desk, posters)

    def note(db: Db, placed: Sequence[Placed], now: datetime) -> None:
        alerts.raise_alerts(db, placed, now)
        find_contradicted(db, desk.space, placed, now)

    return Placer(
        desk,
        prepare_alerts=alerts.prepare,
        raise_alerts=note,
        find_development=find_development,
        passed=passed,
    )
