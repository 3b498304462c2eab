"""Press releases from one structured file, carried to the second the embargo lifts."""

__version__ = "0.1.0"
