"""IOM's tables: exact headers, totals, incidents added up."""

import pytest

from waymark.gcm.errors import InputError


def test_stocks_by_origin_get_totals(write, read):
    text = (
        "geo,t,from,sex,n,type_b,type_c,type_r,type_i\nGEO,1990,AFG,female,25,1,0,1,0\nGEO,1990,AFG,male,5,1,0,1,0\n"
        "GEO,1990,OOO,female,10,1,0,1,0\n"
    )
    observations, _, manifest = read(write("stocks.csv", text))
    found = {o["disagg"]: o["value"] for o in observations}
    assert found == {
        "": 40.0,
        "sex=female": 35.0,
        "sex=male": 5.0,
        "origin=afg|sex=female": 25.0,
        "origin=afg|sex=male": 5.0,
        "origin=ooo|sex=female": 10.0,
    }
    assert (manifest.rows_read, manifest.rows_stored, manifest.observations) == (3, 3, 6)


def test_displacement_with_a_code_outside_iso(write, read):
    observations, _, _ = read(write("idmc.csv", "geo,t,cause,n\nAB9,2014,conflict,3\nAB9,2014,flood,4\n"))
    assert {(o["place"], o["disagg"]): o["value"] for o in observations} == {
        ("AB9", "cause=conflict"): 3,
        ("AB9", "cause=flood"): 4,
        ("AB9", ""): 7,
    }


def test_variables_get_the_world_banks_code_and_unit(write, read):
    observations, _, _ = read(write("wdi.csv", "geo,var,t,v\nGEO,remin,2020,5\nGEO,birth,2020,12\n"))
    assert {(o["series"], o["unit"]) for o in observations} == {("wb:BX.TRF.PWKR.CD.DT", "cu_usd"), ("wb:birth", "")}


INCIDENTS = "t,m,type,route,geo,dead,cause,surv,nat,location,lon,lat\n"


def test_incidents_become_yearly_minimum_counts(write, read):
    text = INCIDENTS + (
        '2014-01-06,1,Incident,R,USA,1.0,Drowning,,GTM,"A place,\nwith a line break",-110.3,31.6\n'
        "2014-05-01,1,Incident,R,USA,2.0,Violence,,GTM,B,-110.3,31.6\n"
        "2015-05-01,1,Incident,R,USA,4.0,Violence,,GTM,B,-110.3,31.6\n"
        "2015-05-01,1,Incident,R,QQQ,4.0,Violence,,GTM,B,-110.3,31.6\n"
        "2015-06-01,1,Incident,R,USA,,Violence,,GTM,B,-110.3,31.6\n"
    )
    observations, rejects, manifest = read(write("mmp.csv", text))
    assert [(o["series"], o["place"], o["year"], o["value"], o["detail"]) for o in observations] == [
        ("iom:MISSING_MIGRANTS", "USA", 2014, 3.0, "added up by Waymark from 2 rows"),
        ("iom:MISSING_MIGRANTS", "USA", 2015, 4.0, "added up by Waymark from 1 rows"),
    ]
    assert sorted(r["reason"] for r in rejects) == ["no-value", "unknown-area"]
    assert (manifest.rows_read, manifest.rows_stored, manifest.observations) == (5, 3, 2)


def test_several_rows_of_an_unknown_area_are_rejected_one_by_one(write, read):
    row = "2015-05-01,1,Incident,R,QQQ,4.0,Violence,,GTM,B,1,1\n"
    text = INCIDENTS + row * 3 + row.replace("QQQ", "USA")
    _, rejects, manifest = read(write("mmp.csv", text))
    assert [(r["row"], r["reason"]) for r in rejects] == [(2, "unknown-area"), (3, "unknown-area"), (4, "unknown-area")]
    assert manifest.rows_read == 4


def test_aggregated_figures_have_no_country_and_stay_apart(write, read):
    text = "year,cause,lon,lat,n\n2014,Drowning,27,37.3,12\n2014,Violence,-5,35.9,15\n"
    observations, _, _ = read(write("mmp.csv", text))
    assert [(o["series"], o["place"], o["value"]) for o in observations] == [
        ("iom:MISSING_MIGRANTS_WORLD", "001", 27.0)
    ]


def test_disasters_that_repeat_their_key_are_added_up(write, read):
    text = (
        "geo,subgroup,type,t,events,affected,deaths,damages\n"
        "AFG,geo,flood,2002.0,1.0,5.0,,\nAFG,geo,flood,2002.0,2.0,5.0,,1\n"
    )
    observations, rejects, manifest = read(write("emdat.csv", text))
    found = {(o["series"], o["disagg"]): o["value"] for o in observations}
    assert found["emdat:EVENTS", "subgroup=geo|type=flood"] == 3
    assert found["emdat:AFFECTED", ""] == 10
    assert {r["reason"] for r in rejects} == {"no-value"}
    assert manifest.rows_read == 6


def test_tables_without_a_place_are_not_read(write, read):
    with pytest.raises(InputError, match="no reader knows"):
        read(write("frontex.csv", "route,type,nat,t,n\nSea,Sea,BGD,14245.0,41.0\n"))
