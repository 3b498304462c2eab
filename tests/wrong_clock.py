"""A clock that a test sets wrong, for the processes that it starts; the machine's own stays as it is."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from machine import need_program


@dataclass
class WrongClock:
    """Environment variables for a process, and the file that sets its clock while it runs."""

    library: Path
    offset: Path

    @property
    def environment(self) -> dict[str, str]:
        return {"LD_PRELOAD": str(self.library), "CLOCK_OFFSET_FILE": str(self.offset)}

    def set(self, seconds: int) -> None:
        """Set the clock wrong by so many seconds, ahead where positive."""
        temporary = self.offset.with_suffix(".new")
        temporary.write_text(str(seconds))
        temporary.replace(self.offset)


def wrong_clock(folder: Path) -> WrongClock:
    """Compile the shim into `folder`; the clock is right at first."""
    library = folder / "clock_shim.so"
    source = Path(__file__).with_name("clock_shim.c")
    subprocess.run([need_program("cc"), "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True)
    clock = WrongClock(library, folder / "clock-offset")
    clock.set(0)
    return clock
