"""A quote as a PDF: fonts, lines, pages, in this order; nothing here asks the database or knows who calls."""
