"""Reading ahead keeps order, faults and an early end."""

import threading
import time

import pytest

from waymark.engines.indicators.ahead import ahead


def test_order_is_kept():
    assert list(ahead(range(100), depth=3)) == list(range(100))
    assert list(ahead([])) == []


def test_a_fault_comes_at_its_place():
    def source():
        yield 1
        raise ValueError("broken")

    reading = ahead(source())
    assert next(reading) == 1
    with pytest.raises(ValueError, match="broken"):
        next(reading)


def test_the_thread_has_ended_when_the_caller_stops():
    def reading_threads():
        return [thread for thread in threading.enumerate() if thread.name == "waymark-reading"]

    reading = ahead(iter(int, 1), depth=1)
    assert next(reading) == 0
    assert reading_threads()
    reading.close()
    assert not reading_threads()


def test_only_so_many_items_wait():
    taken, fourth = [], threading.Event()

    def source():
        for number in range(50):
            taken.append(number)
            if number == 3:  # one given, two waiting, one in the hand of the thread
                fourth.set()
            yield number

    reading = ahead(source(), depth=2)
    next(reading)
    assert fourth.wait()
    time.sleep(0.1)  # a thread that would go on has the time to; one that waits is not hurried by it
    assert len(taken) == 4
    reading.close()
