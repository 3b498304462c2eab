"""Read prose: marks, typography, dates and figures by language."""
