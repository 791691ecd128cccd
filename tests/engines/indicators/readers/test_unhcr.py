"""UNHCR's populations: ISO columns, groups as columns, totals added up."""

import gzip

import pytest

from waymark.gcm.errors import InputError

HEADER = "year,coo_name,coo,coo_iso,coa_name,coa,coa_iso,refugees,asylum_seekers,returned_refugees,idps,stateless,oip\n"
ROWS = (
    "2020.0,Yemen,YEM,YEM,Georgia,GEO,GEO,58.0,5.0,0.0,0.0,0.0,NA\n"
    "2020.0,Stateless,STA,XXA,Georgia,GEO,GEO,2.0,0.0,0.0,0.0,480.0,NA\n"
    "2020.0,Unknown,UKN,UNK,Australia,AUL,AUS,7.0,0.0,0.0,0.0,0.0,NA\n"
)


def test_population_in_gz(write, read):
    observations, rejects, manifest = read(write("population.csv.gz", gzip.compress((HEADER + ROWS).encode())))
    found = {(o["series"], o["place"], o["disagg"]): o for o in observations}
    assert found["unhcr:REFUGEES", "GEO", "origin=yem"]["value"] == 58
    assert found["unhcr:REFUGEES", "AUS", "origin=unk"]["value"] == 7, (
        "AUL is Australia, AUS Austria in UNHCR's own codes"
    )
    total = found["unhcr:REFUGEES", "GEO", ""]
    assert (total["value"], total["detail"]) == (60.0, "added up by Waymark from 2 rows by origin")
    assert {r["reason"] for r in rejects} == {"no-value"}
    assert manifest.rows_read == 3 * 6, "totals are no rows of the source"
    assert manifest.rows_stored == 15
    assert manifest.observations == 15 + 2 * 5


def test_the_table_of_flows_is_another_statistic(write, read):
    text = (
        "year,coo_name,coo,coo_iso,coa_name,coa,coa_iso,refugees,asylum_seekers,refugee_like,oip\n"
        "2020,Y,YEM,YEM,G,GEO,GEO,1,1,,\n"
    )
    with pytest.raises(InputError, match="no reader knows"):
        read(write("flows.csv", text))
