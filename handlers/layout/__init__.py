"""What a reader is shown, laid out once for every platform: headings, paragraphs, tables, sources, buttons."""
