"""Workers on hosts without a common disk, one killed and one cut off on the way; the longer show is a benchmark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.hosts import Stage, stage


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    with stage(tmp_path, releases=45, chunks=3, hosts=3, network=214) as made:
        for name, value in made.environment().items():
            monkeypatch.setenv(name, value)
        yield made


def test_with_one_host_killed_and_one_cut_off_all_is_made_once_and_nothing_is_lost(three: Stage) -> None:
    """The one that was cut off comes back while another has its chunk: it writes and records nothing of it any more."""
    killed, cut, steady = three.hosts
    sent = three.send()
    first, second = three.begin(killed), three.begin(cut)
    three.wait_until_both_put(killed, cut)
    lost = three.at_work()[cut.name]
    cut.cut()
    first.kill()
    three.begin(steady)
    three.wait_until_taken_over(lost, by=steady)
    cut.join()

    three.finish(sent.batch)

    assert three.faults(sent.batch) == []
    assert second.poll() is None
    assert three.made_by(killed, sent.batch) == set()
    assert lost not in three.made_by(cut, sent.batch)
    assert lost in three.made_by(steady, sent.batch)
    three.end(steady)
    three.change()
    again = three.send()
    three.finish(again.batch)
    assert three.made_by(cut, again.batch) == {1}  # who was cut off works on
    assert f"chunk {lost} of 3: another worker has taken this over" in three.said(cut)
