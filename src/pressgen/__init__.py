"""Press releases from one structured file, carried to the second the embargo lifts."""

from pathlib import Path

__version__ = "0.1.0"
HOME = Path(__file__).parent
"""The folder of this package."""
