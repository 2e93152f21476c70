"""Finding passages by their words. The door to tantivy."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import tantivy

from bot.errors import IndexDamaged
from bot.news.article import ArticleId, PassageId
from bot.news.names import names_in
from bot.news.text import fold, space_out
from bot.news.times import Window
from config import defaults

_FORM = 1
_STATE = "state"
_SPLIT = re.compile(r"[.,]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A passage as it is indexed, with what is known of its article."""

    id: PassageId
    article: ArticleId
    title: str
    publisher: str
    published: datetime | None
    language: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WordQuery:
    """Words to look for: any of the stems, the rare ones counting more; names by their keys.

    Only passages of the publishers (any, when there are none) that are undated or published in the window are found.
    """

    stems: tuple[str, ...]
    names: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    window: Window | None = None


class WordIndex:
    """The words of one Space's passages, in a folder of its own.

    What is applied becomes visible, and the number of the last change with it, in one commit: a kill leaves the index
    as it was after some earlier change.
    """

    def __init__(self, folder: Path) -> None:
        """Opens the index, an empty one in an empty folder; IndexDamaged when it cannot be read."""
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = _make_schema()
        self._writer: tantivy.IndexWriter | None = None
        with _readable():
            self._index = tantivy.Index(self._schema, path=str(folder))
            self._searcher = self._index.searcher()
            self._read_state()

    @property
    def seq(self) -> int:
        """The number of the last change applied; 0 for none."""
        return self._seq

    @property
    def passages(self) -> int:
        """How many passages can be found."""
        return self._passages

    def apply(self, articles: Sequence[tuple[ArticleId, Sequence[Entry]]], seq: int) -> None:
        """Replaces the passages of these articles (none removes an article) and notes the change's number."""
        writer = self._open_writer()
        for article, entries in articles:
            writer.delete_documents_by_term("article", article)
            for entry in entries:
                writer.add_document(_make_document(entry))
        self._commit(writer, seq)

    def clear(self) -> None:
        """Takes everything out."""
        writer = self._open_writer()
        writer.delete_all_documents()
        self._commit(writer, 0)

    def settle(self) -> None:
        """Waits for the merging that goes on behind the last commit, and lets go of the folder."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def search(self, query: WordQuery, limit: int) -> list[tuple[PassageId, float]]:
        """The passages that fit best, at most limit, with their scores (BM25), best first."""
        clauses = [(tantivy.Occur.Should, self._term("words", term)) for term in self._terms(query.stems)]
        clauses += [(tantivy.Occur.Should, self._term("names", name)) for name in query.names]
        if not clauses:
            return []
        wanted = tantivy.Query.boolean_query(clauses)
        filters = [*self._of_publishers(query.publishers), *self._in_window(query.window)]
        if filters:
            wanted = tantivy.Query.boolean_query([(tantivy.Occur.Must, one) for one in (wanted, *filters)])
        with _readable():
            hits = self._searcher.search(wanted, limit, count=False).hits
            ids = self._searcher.fast_field_values("id", [address for _, address in hits])
        return [(PassageId(int(id or 0)), score) for id, (score, _) in zip(ids, hits, strict=True)]

    def count_passages_with(self, stems: Iterable[str]) -> dict[str, int]:
        """How many passages hold each of the stems."""
        counts = {}
        for stem in stems:
            terms = self._terms([stem])
            counts[stem] = min((self._searcher.doc_freq("words", term) for term in terms), default=0)
        return counts

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            with _readable():
                self._writer = self._index.writer(defaults.INDEX_WRITER_BYTES, defaults.INDEX_WRITER_THREADS)
        return self._writer

    def _commit(self, writer: tantivy.IndexWriter, seq: int) -> None:
        writer.delete_documents_by_term("marker", _STATE)
        writer.add_document(tantivy.Document(marker=_STATE, note=json.dumps({"form": _FORM, "seq": seq})))
        writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()
        self._read_state()

    def _terms(self, stems: Iterable[str]) -> list[str]:
        """The stems as the index cuts them: a decimal number is two terms."""
        return list(dict.fromkeys(part for stem in stems for part in _SPLIT.split(stem) if part))

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value)

    def _of_publishers(self, publishers: Sequence[str]) -> list[tantivy.Query]:
        if not publishers:
            return []
        folded = [fold(publisher) for publisher in publishers]
        return [tantivy.Query.const_score_query(tantivy.Query.term_set_query(self._schema, "publisher", folded), 0.0)]

    def _in_window(self, window: Window | None) -> list[tantivy.Query]:
        if window is None:
            return []
        first = int(window.start.timestamp()) if window.start else None
        last = int(window.end.timestamp()) - 1 if window.end else None
        dated = tantivy.Query.range_query(self._schema, "published", tantivy.FieldType.Integer, first, last)
        undated = self._term("dated", "no")
        either = tantivy.Query.boolean_query([(tantivy.Occur.Should, dated), (tantivy.Occur.Should, undated)])
        return [tantivy.Query.const_score_query(either, 0.0)]

    def _read_state(self) -> None:
        hits = self._searcher.search(self._term("marker", _STATE), 1).hits
        note = self._searcher.doc(hits[0][1]).get_first("note") if hits else None
        state = json.loads(note) if note else {"form": _FORM, "seq": 0}
        if state["form"] != _FORM:
            raise ValueError("made by another version")
        self._seq = int(state["seq"])
        self._passages = self._searcher.num_docs - len(hits)


@contextmanager
def _readable() -> Iterator[None]:
    """Says IndexDamaged for whatever tantivy says of files that it cannot read."""
    try:
        yield
    except (ValueError, OSError, KeyError) as fault:
        raise IndexDamaged(f"the word index cannot be read ({type(fault).__name__}); it is made again") from fault


def _make_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", fast=True)
    builder.add_integer_field("article", indexed=True)
    builder.add_text_field("words", tokenizer_name="en_stem", index_option="freq")
    builder.add_text_field("headline", tokenizer_name="en_stem", index_option="freq")
    builder.add_text_field("publisher", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("names", tokenizer_name="raw", index_option="freq")
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_text_field("dated", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("marker", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("note", tokenizer_name="raw", index_option="basic", stored=True)
    return builder.build()


def _make_document(entry: Entry) -> tantivy.Document:
    """The document of a passage. Its header is searched with it: measured, that finds a tenth more."""
    day = entry.published.date().isoformat() if entry.published else ""
    document = tantivy.Document(
        id=entry.id,
        article=entry.article,
        words=space_out(fold(f"{entry.title}. {entry.publisher}, {day}. {entry.text}")),
        headline=space_out(fold(entry.title)),
        publisher=fold(entry.publisher),
        dated="yes" if entry.published else "no",
    )
    for key in {name.key for name in names_in(entry.text)}:
        document.add_text("names", key)
    if entry.published:
        document.add_integer("published", int(entry.published.timestamp()))
    return document
