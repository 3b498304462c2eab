"""Press releases from one structured file, for press offices."""

from pathlib import Path

__version__ = "0.1.0"
HOME = Path(__file__).parent
"""The folder of this package."""
