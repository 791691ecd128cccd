"""Several writers at once: the numbers of the log have no gap and no double."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WRITERS = """
import os, threading
os.environ["DJANGO_SETTINGS_MODULE"] = "waymark.config.settings"
import django
django.setup()
from django.core.management import call_command
from django.db import connections
call_command("migrate", verbosity=0, interactive=False)
from waymark.actions.networks import NetworkFacts, found
from waymark.actions.organisations import OrganisationFacts, register
from waymark.records.actors import Actor
from waymark.records.events import Event

by, errors, FACTS = Actor.operator(), [], OrganisationFacts(kind="government")
network = found(by=by, code="n", facts=NetworkFacts(kind="un_network", level="national", name="N"))

def write(writer):
    try:
        for number in range(8):
            register(by=by, code=f"o{writer}-{number}", name="Body", facts=FACTS, keeper=network)
    except Exception as error:
        errors.append(repr(error))
    finally:
        connections.close_all()

threads = [threading.Thread(target=write, args=(writer,)) for writer in range(3)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(errors, list(Event.objects.filter(network="n").order_by("number").values_list("number", flat=True)))
"""


@pytest.mark.slow
def test_numbers_of_the_log_have_no_gap_when_three_write_at_once(tmp_path: Path) -> None:
    environment = {**os.environ, "WAYMARK_DATA": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run([sys.executable, "-c", WRITERS], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == f"[] {list(range(1, 26))}", done.stderr
