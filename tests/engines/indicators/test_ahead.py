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
    running = threading.active_count()
    reading = ahead(iter(int, 1), depth=1)
    assert next(reading) == 0
    time.sleep(0.05)
    reading.close()
    assert threading.active_count() == running


def test_only_so_many_items_wait():
    taken = []

    def source():
        for number in range(50):
            taken.append(number)
            yield number

    reading = ahead(source(), depth=2)
    next(reading)
    time.sleep(0.1)
    assert len(taken) <= 5
    reading.close()
