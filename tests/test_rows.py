"""What becomes of findings that are set by hand."""

import pytest
from rows import rows_of

from builder.extraction import Findings
from builder.extraction.agencies import FoundAgency
from builder.extraction.participants import FoundParticipant
from builder.extraction.quotes import FoundQuote
from builder.extraction.resolution import FoundMention, Resolved
from builder.tables.arrow import make_table
from builder.tables.rows import make_tables
from builder.text.article import Article
from builder.text.head import Head
from builder.text.span import Span

TEXT = "Mayor Åse Lee of Zoë’s Bank spoke: “Yes.” “No.”"


def findings(article_id: str) -> Findings:
    lee, bank = Span(6, 13), Span(17, 27)
    person = FoundParticipant("person", "Åse Lee", lee, Span(0, 5), None, None, "by-hand", (), (), ())
    agency = FoundAgency("company", "Zoë’s Bank", bank, None, None, None, None, "by-hand", (), ())
    yes, no = Span(36, 40), Span(43, 46)
    quotes = [
        FoundQuote(yes, "direct", "named", lee, None, bank, None, None, "by-hand"),
        FoundQuote(no, "direct", "continued", lee, None, None, None, 0, "by-hand"),
    ]
    mentions = [
        FoundMention(*lee, 0, "name", "first"),
        FoundMention(*lee, 1, "name", "again"),
        FoundMention(*bank, 1, "name", "by-hand"),
    ]
    resolved = Resolved([0, None], [1, None], mentions)
    return Findings(Article(article_id, TEXT), Head(None, None), None, [], [agency], [person], quotes, resolved)


def test_references_stay_within_their_article() -> None:
    tables = make_tables([findings("a"), findings("b")])
    assert [
        (row.quote_id, row.text, row.speaker, row.participant_id, row.agency_id, row.continues_quote_id, row.addressee_agency_id)
        for row in rows_of(tables["quotes"])
    ] == [
        ("a.q36", "Yes.", "Åse Lee", "a.ase-lee", None, None, "a.zoes-bank"),
        ("a.q43", "No.", "Åse Lee", None, None, "a.q36", None),
        ("b.q36", "Yes.", "Åse Lee", "b.ase-lee", None, None, "b.zoes-bank"),
        ("b.q43", "No.", "Åse Lee", None, None, "b.q36", None),
    ]
    assert [(row.text, row.start, row.role) for row in rows_of(tables["participants"])] == [("Åse Lee", 6, "Mayor")] * 2


def test_one_mention_for_each_place() -> None:
    tables = make_tables([findings("a"), findings("b")])
    assert [(row.mention_id, row.text, row.participant_id, row.agency_id) for row in rows_of(tables["mentions"])] == [
        ("a.m6-13", "Åse Lee", "a.ase-lee", None),
        ("a.m17-27", "Zoë’s Bank", None, "a.zoes-bank"),
        ("b.m6-13", "Åse Lee", "b.ase-lee", None),
        ("b.m17-27", "Zoë’s Bank", None, "b.zoes-bank"),
    ]


def test_a_table_has_exactly_the_columns_of_its_schema() -> None:
    with pytest.raises(TypeError, match="place"):
        make_table("rejects", source=["a.txt"], reason=["empty"])
