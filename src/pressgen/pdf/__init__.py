"""PDF as objects: WeasyPrint at hand, and the text of a finished file read back."""
