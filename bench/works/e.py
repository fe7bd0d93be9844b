"""Work E: a thousand documents of ten to sixty pages: taken in, read, shown, searched, compared."""

from bench import server
from bench.peers import Peer, running
from bench.rows import ours
from bench.table import Section
from bench.timing import p50, p95

DATABASE = "bench_texts"
DOCUMENTS, WORD_FILES, PDF_FILES, LONGEST = 1000, 90, 30, 12
PAGES, SEARCHES, COMPARISONS, CITED = 100, 60, 15, 40
GOAL, SEARCH_GOAL = 1000.0, 100.0
COMMON = ["管理办法", "镇人民政府", "行政处罚法", "规定", "农村生活垃圾 罚法", "另行制定"]


def build() -> None:
    """Make an empty database of the product."""
    if not server.exists(ours.EMPTY):
        ours.migrate()
    server.create_from(DATABASE, ours.EMPTY)


def measure() -> Section:
    """Measure every step on the way of a document."""
    build()
    section = Section(
        "E. A thousand documents",
        f"{DOCUMENTS} normative documents of 10 to 60 pages, composed of clauses. "
        f"{WORD_FILES} Word and {PDF_FILES} PDF files of them, and {LONGEST} of each kind with 60 "
        "pages, go the whole way: upload (examined in a child process), reading (a second one) and "
        "index; the texts of the others are kept as the reader would, which fills the index alike. "
        "A search gives the first twenty texts with snippets, among those one may see.",
        ("step", "times", "p50 ms", "p95", "longest"),
    )
    with running(texts=("bench.texts", DATABASE)) as peers:
        _measure(section, peers["texts"])
    return section


def _measure(section: Section, peer: Peer) -> None:
    """Ask for every step in turn."""
    peer.ask("fill", count=DOCUMENTS - WORD_FILES - PDF_FILES - 2 * LONGEST)
    server.rows_of(DATABASE, "ANALYZE")
    for kind, count in (("docx", WORD_FILES), ("pdf", PDF_FILES)):
        for name, pages in (("10 to 60 pages", 0), ("60 pages", 60)):
            asked = {"kind": kind, "pages": pages, "count": LONGEST if pages else count}
            steps = peer.ask("take_in", **asked)
            _row(section, f"{kind}, {name}: upload", [one["upload"] for one in steps])
            _row(section, f"{kind}, {name}: read and index", [one["read"] for one in steps])
    _row(section, "open a text with its clauses", peer.ask("show", count=PAGES))
    _row(section, "examine the citations of a text", peer.ask("cite", count=CITED))
    words = peer.ask("vocabulary", count=SEARCHES)
    for name, wanted in (("words of some texts", words), ("words of every text", COMMON * 5)):
        times = peer.ask("search", words=wanted)
        _row(section, f"search: {name}", times)
        section.goal(f"search: {name}: p95 at most {SEARCH_GOAL:.0f} ms", p95(times), SEARCH_GOAL)
    for name, share in (("one clause in fifty", 0.02), ("every clause", 1.0)):
        times = peer.ask("compare", count=COMPARISONS, share=share)
        _row(section, f"compare 60 pages, {name} changed", times)


def _row(section: Section, step: str, times: list[float]) -> None:
    """Note a step, which is to take less than a second."""
    section.rows.append((step, len(times), p50(times), p95(times), max(times)))
    section.goal(f"{step}: none over {GOAL:.0f} ms", max(times), GOAL, "{:.0f}")
