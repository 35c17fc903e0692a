"""An article once it is text: tokens, sentences, spans, its head. Nothing here knows what a word means."""
