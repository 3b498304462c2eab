"""Words: reading prose with its marks, typography, dates and figures by language."""
