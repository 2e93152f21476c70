"""Answers, briefs, passages and intakes as lines of JSON, key for key as programs were promised.

Every character outside ASCII is escaped: no line can carry a control sequence, and any text survives any encoding.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.news.briefing import Answer, Brief, Citation, FoundPassage, Intake, Point, Searched
from bot.news.diagnosis import Diagnosis, is_well

if TYPE_CHECKING:
    from bot.archive.stories import NamedStory

LineId = str | int | float | None


def answer_line(answer: Answer, *, line_id: LineId, took_ms: float) -> str:
    """The answer as one line."""
    return _line(
        {
            "id": line_id,
            "question": answer.question,
            "status": answer.status,
            "as_of": moment_as_json(answer.as_of),
            "points": points_as_json(answer.points),
            "figures": [
                {"value": f.value, "of": f.of, "status": f.status, "citations": list(f.citations)}
                for f in answer.figures
            ],
            "conflicts": [
                {"of": c.of, "values": [{"value": v.value, "citations": list(v.citations)} for v in c.values]}
                for c in answer.conflicts
            ],
            "citations": citations_as_json(answer.citations),
            "searched": _searched(answer.searched),
            "nearest": citations_as_json(answer.nearest),
            "took_ms": round(took_ms, 2),
        }
    )


def brief_line(brief: Brief, *, took_ms: float) -> str:
    """The brief as one line."""
    return _line(
        {
            "topic": brief.topic,
            "as_of": moment_as_json(brief.as_of),
            "points": points_as_json(brief.points),
            "stories": [
                {"headline": s.headline, "points": points_as_json(s.points), "publishers": list(s.publishers)}
                for s in brief.stories
            ],
            "citations": citations_as_json(brief.citations),
            "searched": _searched(brief.searched),
            "took_ms": round(took_ms, 2),
        }
    )


def passages_line(query: str, passages: Sequence[FoundPassage], *, line_id: LineId) -> str:
    """The found passages as one line, best first."""
    found = [
        {
            "article": p.article,
            "source": p.source,
            "title": p.title,
            "url": p.url,
            "published": moment_as_json(p.published),
            "text": p.text,
            "score": p.score,
        }
        for p in passages
    ]
    return _line({"id": line_id, "query": query, "passages": found})


def stories_line(stories: "Sequence[NamedStory]") -> str:
    """The stories as one line: a list, newest first."""
    told = [{"story": one.id, "headline": one.headline, "articles": list(one.names)} for one in stories]
    return json.dumps(told, ensure_ascii=True, allow_nan=False)


def matches_line(articles: Sequence[str], *, line_id: LineId) -> str:
    """The names of the articles that meet a topic, as one line."""
    return _line({"id": line_id, "articles": list(articles)})


def intake_line(intake: Intake, *, took_ms: float) -> str:
    """What an `add` did as one line."""
    return _line(
        {
            "added": intake.added,
            "changed": intake.changed,
            "unchanged": intake.unchanged,
            "repeated": [{"article": r.article, "of": r.of, "likeness": r.likeness} for r in intake.repeated],
            "refused": [{"where": r.where, "reason": r.reason} for r in intake.refused],
            "sources": intake.sources,
            "took_ms": round(took_ms, 2),
        }
    )


def publishers_line(publishers: dict[str, int]) -> str:
    """The publishers and how many of their articles are kept, the largest first."""
    by_size = sorted(publishers.items(), key=lambda item: (-item[1], item[0]))
    return _line({"sources": [{"source": name, "articles": count} for name, count in by_size]})


def diagnoses_line(diagnoses: Sequence[Diagnosis]) -> str:
    """What the doctor found, as one line."""
    told = [{"health": f.health.value, "about": f.about, "sentence": f.sentence} for f in diagnoses]
    return _line({"well": is_well(diagnoses), "diagnoses": told})


def fault_line(sentence: str, *, line_id: LineId) -> str:
    """A line that could not be carried out, and why."""
    return _line({"id": line_id, "status": "error", "error": sentence})


def _line(fields: dict[str, object]) -> str:
    return json.dumps(fields, ensure_ascii=True, allow_nan=False)


def points_as_json(points: Sequence[Point]) -> list[object]:
    """Points as they stand in a line."""
    return [{"text": p.text, "citations": list(p.citations)} for p in points]


def citations_as_json(citations: Sequence[Citation]) -> list[object]:
    """Citations as they stand in a line."""
    return [
        {
            "n": c.number,
            "article": c.article,
            "source": c.source,
            "title": c.title,
            "url": c.url,
            "published": moment_as_json(c.published),
            "quote": c.quote,
        }
        for c in citations
    ]


def _searched(searched: Searched) -> dict[str, object]:
    return {
        "articles": searched.articles,
        "sources": searched.sources,
        "from": moment_as_json(searched.start),
        "to": moment_as_json(searched.end),
    }


def moment_as_json(moment: datetime | None) -> str | None:
    """A moment as it stands in a line."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if moment else None
