"""Rules by which the names of an article agree: the finder of names goes by them, and mentions of participants tell them."""

RULES = {
    "last-name-of-person": "A single word tagged as an organisation that is the last name of a person named in full.",
    "repeated-last-name": "The last name of a person named in full, standing alone where the tagger passed it over.",
}
