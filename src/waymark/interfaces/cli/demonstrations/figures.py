"""National indicators of a demonstration with their values: each from the form and the table that the command takes."""

from datetime import date

from waymark.actions.indicators import accept_value, define_indicator, enter_value, submit_value
from waymark.engines.sheets import walled
from waymark.interfaces.cli.demonstrations.files import day_of, folder
from waymark.interfaces.cli.demonstrations.loading import Loading
from waymark.interfaces.cli.demonstrations.posts import holder, officer
from waymark.interfaces.cli.national import indicator_facts, value_facts

DEFINED, GIVEN, ACCEPTED = (1, 20), (2, 3), (2, 10)
"""Month and day of the year of the demonstration's day on which an indicator is defined, its values given, accepted."""

SPEAKERS = {"qor-mol": "fp-mol"}
"""Who makes figures → the key of the post that gives them."""


def load_figures(loading: Loading) -> None:
    """Define the indicators by an officer; their makers give the values, and an officer accepts them."""
    year = day_of(loading.code).year
    for path in sorted((folder(loading.code) / "indicators").glob("*.yaml")):
        form = walled.indicator(path)
        network = next(one for one in loading.networks.values() if one.code == form.network)
        row = define_indicator(
            by=officer(loading, network.code, date(year, *DEFINED)),
            network=network,
            code=form.code,
            facts=indicator_facts(path, form),
        )
        loading.count("national indicators")
        maker, secretary = (
            holder(loading, SPEAKERS[form.producer], date(year, *GIVEN)),
            officer(loading, network.code, date(year, *ACCEPTED)),
        )
        table = path.with_suffix(".csv")
        for line in walled.values(table):
            value = enter_value(by=maker, of=row, organisation=row.producer, facts=value_facts(table, line))
            submit_value(by=maker, row=value)
            accept_value(by=secretary, row=value)
            loading.count("national values")
