"""Rows spread over workers: a worker that dies costs time and no rows; a row that ends workers is left out and said."""

import os
import pickle
import signal
import threading
import time

import pytest
from distributed import Client, LocalCluster

from handouts.batch import running
from handouts.batch.batching import Watcher, make_batch
from handouts.batch.journal import Heading
from handouts.batch.roster import Row
from handouts.batch.rows import Job, Outcome
from handouts.making import Order
from handouts.person import Person

DEADLY, ONCE = 13, 40


def do_rows(job, rows):
    """Stands for making: a row of one number always ends its process, another the first time."""
    folder = pickle.loads(job)  # noqa: S301
    for row in rows:
        if row.number == DEADLY:
            os._exit(1)
        if row.number == ONCE and not (folder / "once").exists():
            (folder / "once").touch()
            os._exit(1)
    return [Outcome(row.number, "made") for row in rows]


@pytest.fixture
def outcomes(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "make_rows", do_rows)

    def outcomes(numbers, workers=2):
        rows = [Row(number) for number in numbers]
        done = []
        hands = running.Hands(pickle.dumps(tmp_path), lambda: running.processes(workers), workers, done.append)
        made = [outcome for some in hands.outcomes_of(rows, lambda row: row.number % 3) for outcome in some]
        assert sum(done) == len(rows)
        return made

    return outcomes


def test_a_row_that_ends_its_worker_is_left_out_and_all_others_are_made_in_order(outcomes):
    found = outcomes(range(200))
    assert [each.row for each in found] == list(range(200))
    assert [each.row for each in found if each.status == "failed"] == [DEADLY]
    assert found[DEADLY].problems[0].code == "B298"


def test_a_worker_that_dies_by_itself_costs_no_row(outcomes):
    found = outcomes(range(30, 200))
    assert {each.status for each in found} == {"made"}


def test_rows_are_read_no_further_than_workers_have_hands(monkeypatch):
    """The roster may have millions of rows."""
    read = []
    job = pickle.dumps(None)
    monkeypatch.setattr(running, "make_rows", lambda _, rows: [Outcome(row.number, "made") for row in rows])

    def rows():
        for number in range(100_000):
            read.append(number)
            yield Row(number)

    made = running.Hands(job, running.InThisProcess, 1, lambda _: None).outcomes_of(rows(), lambda _: None)
    next(made)
    assert len(read) < 1000
    made.close()


# ------------------------------------------------------------------ a cluster


@pytest.fixture(scope="module")
def cluster():
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster, Client(cluster) as client:
        yield client


def test_a_cluster_makes_the_same_files_though_a_worker_is_killed_midway(cluster, workspace, tmp_path):
    rows = [Row(number, {"topic": "knee", "patient": f"Person{number}x"}) for number in range(2, 1200)]

    def made(folder, start=None):
        job = Job(
            workspace=workspace.folder.as_posix(),
            order=Order(""),
            person=Person(),
            columns={"topic": "topic", "patient": "patient"},
            folder=(tmp_path / folder).as_posix(),
            batch="b",
        )
        tally = make_batch(rows, job, Heading("b", "0", "2026-01-01"), Watcher(), 2 if start else 1, start)
        assert (tally.made, tally.failed.total()) == (len(rows), 0)
        return {file.name: file.read_bytes() for file in (tmp_path / folder).iterdir()}

    here = made("here")
    pids = list(cluster.run(os.getpid).values())

    def kill():
        time.sleep(1.5)
        os.kill(pids[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    there = made("there", cluster.get_executor)
    killer.join()
    assert there == here
