"""Press releases from one structured file, for press offices.

`pressgen.api` holds what can be called from Python.
"""

from pathlib import Path

__all__ = ["HOME", "__version__"]
__version__ = "0.1.0"
HOME = Path(__file__).parent
"""The folder of this package."""
