"""What a meeting sees and what leaves it on paper: slides, documents, pages, and the sheet behind their numbers."""
