"""Finding passages by their words. The door to tantivy."""

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import tantivy

from bot.errors import ArchiveBusy, ArchiveError, ArchiveFull, IndexDamaged
from bot.index.entry import NOTHING, Entry, Mark
from bot.index.soundness import find_unsound, weigh
from bot.news.article import PassageId
from bot.news.text import fold, stems
from bot.news.times import Window
from config import defaults

_FORM = 2
"""Counts up whenever the fields or what is put into them change; an index of another form is made anew."""

_STATE = "state"
_UNDATED = -(1 << 62)
_META = "meta.json"
_LONGEST = 255
"""Bytes of a stem at most: longer ones are scraps of files that are no text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WordQuery:
    """What to look for: stems anywhere in a passage or its headline, stems in headlines, and keys of names.

    A passage needs one of them; the rarer what it has, the higher its score. Where publishers are given it must be from
    one of them, where a window is given it must have been published in it or be undated.
    """

    stems: Sequence[str]
    headline: Sequence[str] = ()
    names: Sequence[str] = ()
    publishers: Sequence[str] = ()
    window: Window | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _View:
    """The index as it was after one commit."""

    searcher: tantivy.Searcher
    mark: Mark
    passages: int
    stamp: tuple[int, int]


class WordIndex:
    """The words of one Space's passages, in a folder of its own.

    What is applied becomes visible, and its mark with it, in one commit: a kill leaves the index as it was after some
    earlier change. Any number of threads and processes may search while one thread of one process applies.
    `damage` says why the files cannot be used, and is None while they can; drop() is then the way on.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.damage: str | None = None
        self._schema = _make_schema()
        self._engine: tantivy.Index | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._view: _View | None = None
        self._inspected = False
        with suppress(IndexDamaged):
            self._look()

    @property
    def mark(self) -> Mark:
        """The last change applied; none where there is damage."""
        return self._view.mark if self._view and self.damage is None else NOTHING

    @property
    def passages(self) -> int:
        """How many passages can be found."""
        return self._view.passages if self._view and self.damage is None else 0

    def require_sound(self) -> None:
        """Raise IndexDamaged when the files cannot be used."""
        self._look()

    def search(self, query: WordQuery, limit: int) -> list[tuple[PassageId, float]]:
        """The passages that fit best, at most limit, best first; scores (BM25) compare within one query only.

        IndexDamaged when the files cannot be read.
        """
        view, wanted = self._look(), self._build(query)
        if view is None or wanted is None or limit < 1:
            return []
        with self._readable():
            hits = view.searcher.search(wanted, limit, count=False).hits
            # Fast fields, because stored documents lie in compressed blocks.
            ids = view.searcher.fast_field_values("passage", [address for _, address in hits])
        return [(PassageId(int(id or 0)), score) for id, (score, _) in zip(ids, hits, strict=True)]

    def count_passages_with(self, wanted: Iterable[str]) -> dict[str, int]:
        """How many passages hold each of these stems; replaced ones are counted until their segment is merged."""
        view = self._look()
        with self._readable():
            return {stem: view.searcher.doc_freq("words", stem) if view else 0 for stem in wanted}

    def apply(self, entries: Sequence[Entry]) -> None:
        """Put the entries in the place of what was indexed of their articles, in one commit with the last mark."""
        if not entries:
            return
        with self._readable():
            writer = self._open_writer()
            for entry in entries:
                writer.delete_documents_by_term("article", entry.mark.article)
                for document in _documents(entry):
                    writer.add_document(document)
            writer.delete_documents_by_term("marker", _STATE)
            state = json.dumps({"form": _FORM, **asdict(entries[-1].mark)})
            writer.add_document(tantivy.Document(marker=_STATE, state=state, published=_UNDATED))
            writer.commit()
        self._look()

    def settle(self) -> None:
        """Finish the merging of segments that goes on behind the last commit, and let go of the folder."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with self._readable():
                writer.wait_merging_threads()
            self._look()

    def inspect(self, at_most: int | None = None) -> None:
        """Read every file through, once a process, and set `damage` where one is not as it was written.

        Nothing is read when the files have more than at_most bytes.
        """
        if self._view is None or self.damage is not None or self._inspected:
            return
        if at_most is None or weigh(self.folder) <= at_most:
            self._inspected = True
            unsound = find_unsound(self.folder)
            if unsound:
                self.damage = f"its file {unsound} is not as it was written"

    def drop(self) -> None:
        """Remove everything, so that the index can be made anew."""
        self._writer = self._engine = self._view = None
        self.damage = None
        if self.folder.exists():
            shutil.rmtree(self.folder)

    def _look(self) -> _View | None:
        """The newest commit, of whatever process; None before the first."""
        with self._readable():
            if self.damage is not None:
                raise ValueError(self.damage)
            try:
                stat = (self.folder / _META).stat()
            except FileNotFoundError:
                if self._view is None and _is_bare(self.folder):
                    return None
                raise ValueError(f"{_META} is missing") from None
            stamp = (stat.st_mtime_ns, stat.st_ino)
            if self._view is None or self._view.stamp != stamp:
                self._view = self._read(stamp)
            return self._view

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """IndexDamaged in the place of what the engine raises for files that it cannot read; ArchiveError and its kinds
        where it is not the files that are wrong.
        """
        try:
            yield
        except (ValueError, OSError, KeyError, TypeError) as fault:
            said = str(fault)
            if "No space left" in said:
                raise ArchiveFull(f"the disk that holds {self.folder} is full; make room, then try again.") from fault
            if "ermission denied" in said or "Read-only" in said:
                raise ArchiveError(f"cannot use the index in {self.folder}; give this user the right to.") from fault
            if "LockBusy" in said or "Lockfile" in said:
                raise ArchiveBusy(f"another Newsdesk is writing the index {self.folder}; try again later.") from fault
            raise self._damaged(said or type(fault).__name__) from fault
        except BaseException as fault:
            # The engine's panics derive from BaseException, and their class cannot be imported.
            if type(fault).__name__ == "PanicException":
                raise self._damaged("the search engine cannot read it") from fault
            raise

    def _damaged(self, why: str) -> IndexDamaged:
        self.damage = why
        return IndexDamaged(
            f"the index in {self.folder} is damaged ({why}); make it anew from the archive with `newsdesk reindex`."
        )

    def _read(self, stamp: tuple[int, int]) -> _View:
        engine = self._open_engine()
        engine.reload()
        searcher = engine.searcher()
        hits = searcher.search(self._term("marker", _STATE), 1).hits
        if not hits:
            return _View(searcher=searcher, mark=NOTHING, passages=searcher.num_docs, stamp=stamp)
        state = json.loads(searcher.doc(hits[0][1])["state"][0])
        if state.pop("form") != _FORM:
            raise ValueError("it was made by another version of Newsdesk")
        return _View(searcher=searcher, mark=Mark(**state), passages=searcher.num_docs - 1, stamp=stamp)

    def _open_engine(self) -> tantivy.Index:
        if self._engine is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            engine = tantivy.Index(self._schema, path=str(self.folder))
            whole = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
            engine.register_tokenizer("stems", whole.filter(tantivy.Filter.remove_long(_LONGEST)).build())
            engine.config_reader("manual")  # it would watch the folder from a thread of its own
            self._engine = engine
        return self._engine

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._open_engine().writer(defaults.INDEX_WRITER_BYTES, defaults.INDEX_WRITER_THREADS)
        return self._writer

    def _build(self, query: WordQuery) -> tantivy.Query | None:
        """The query of tantivy, built and never parsed, so that nothing in a question has a meaning of its own."""
        wanted = [
            *(self._term("words", stem, "freq") for stem in query.stems),
            *(self._term("headline", stem, "freq") for stem in query.headline),
            *(self._term("names", name) for name in query.names),
        ]
        if not wanted:
            return None
        scored = _any_of(wanted)
        filters = []
        if query.publishers:
            filters.append(_any_of([self._term("publisher", fold(publisher)) for publisher in query.publishers]))
        if query.window is not None:
            filters.append(self._in_window(query.window))
        if not filters:
            return scored
        unscored = [tantivy.Query.const_score_query(one, 0.0) for one in filters]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, one) for one in (scored, *unscored)])

    def _in_window(self, window: Window) -> tantivy.Query:
        first = int(window.start.timestamp()) if window.start else _UNDATED + 1
        end = int(window.end.timestamp()) if window.end else -_UNDATED
        kind = tantivy.FieldType.Integer
        dated = tantivy.Query.range_query(self._schema, "published", kind, first, end, include_upper=False)
        return _any_of([dated, self._term("published", _UNDATED)])

    def _term(self, field: str, value: str | int, kept: str = "basic") -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value, kept)


def _make_schema() -> tantivy.Schema:
    # Integers are signed: with unsigned fast fields the engine's writing thread ends at the first document.
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("passage", fast=True)
    builder.add_integer_field("article", indexed=True)
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_text_field("words", tokenizer_name="stems", index_option="freq")
    builder.add_text_field("headline", tokenizer_name="stems", index_option="freq")
    builder.add_text_field("publisher", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("names", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("marker", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("state", tokenizer_name="raw", index_option="basic", stored=True)
    return builder.build()


def _documents(entry: Entry) -> Iterator[tantivy.Document]:
    """A document a passage. Headline, publisher and day are searched with its words: that finds a tenth more.

    The words are stemmed here and not by the engine, whose stemmer is of another release and differs in some words.
    """
    day = entry.published.date().isoformat() if entry.published else ""
    headline = " ".join(stems(entry.title))
    header = f"{headline} {' '.join(stems(f'{entry.publisher}, {day}'))}"
    published = int(entry.published.timestamp()) if entry.published else _UNDATED
    for cut in entry.cuts:
        yield tantivy.Document(
            passage=cut.id,
            article=entry.mark.article,
            published=published,
            words=f"{header} {' '.join(stems(cut.text))}",
            headline=headline,
            publisher=fold(entry.publisher),
            names=sorted(cut.names),
        )


def _any_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in queries])


def _is_bare(folder: Path) -> bool:
    """Whether the folder holds nothing, or only what the engine writes before its first commit."""
    with suppress(FileNotFoundError):
        return all(path.name.startswith(".") for path in folder.iterdir())
    return True
