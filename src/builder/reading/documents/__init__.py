"""Text of files that word processors, readers and browsers write: lines of paragraphs."""
