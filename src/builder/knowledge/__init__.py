"""What is known beforehand: word lists, countries, offices, names, learned models. Nothing here knows an article."""
