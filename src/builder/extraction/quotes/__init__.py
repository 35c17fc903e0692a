"""Who said what: quotes between marks and reported speech, each with its speaker."""

from builder.extraction.quotes.find import find_quotes
from builder.extraction.quotes.found import FoundQuote
from builder.extraction.quotes.turns import Turn, find_turns

__all__ = ["RULES", "FoundQuote", "Turn", "find_quotes", "find_turns"]

RULES: dict[str, str] = {
    "quote-verb-speaker": "Quote, reporting verb, speaker: “We are ready,” said Mr. King.",
    "quote-speaker-verb": "Quote, speaker, reporting verb: “We are ready,” he said.",
    "speaker-verb-quote": "Speaker, reporting verb, quote: The mayor said, “We are ready.”",
    "speaker-colon-quote": "Speaker, colon, quote: Mayor King: “We are ready.”",
    "signed-quote": "The name after a dash in the line below a quote that fills its own.",
    "statement": "Without marks, what follows “The minister said:” at the end of a paragraph.",
    "turn": "Without marks, what follows the speaker's label in a transcript: MR KING: We are ready.",
    "according-to": "The source that “according to” names.",
    "continued-quote": "No cue of its own: goes on from the quote before it.",
    "nearest-speaker": "No reporting verb: the likeliest of the persons and bodies mentioned around it.",
    "unattributed-quote": "No speaker found.",
    "reported-after-cue": "Reported clause after its cue: The mayor said that the road was open.",
    "reported-before-cue": "Reported clause before its cue: The road was open, the mayor said.",
}
