"""PDF as objects: WeasyPrint at hand, its structure mended, and the text of a finished file read back."""
