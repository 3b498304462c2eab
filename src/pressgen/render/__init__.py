"""From the Document to files: Word, PDF, page and plain text, each through the house's own template."""
