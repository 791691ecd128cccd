"""SDMX-CSV 1.0 and 2.0."""

import pytest

from waymark.gcm.errors import InputError

HEADER = (
    "DATAFLOW,FREQ,REPORTING_TYPE,SERIES,REF_AREA,SEX,AGE,URBANISATION,INCOME_WEALTH_QUANTILE,EDUCATION_LEV,OCCUPATION,"
    "CUST_BREAKDOWN,COMPOSITE_BREAKDOWN,DISABILITY_STATUS,ACTIVITY,PRODUCT,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT,"
    "UNIT_MEASURE,BASE_PER,NATURE,TIME_DETAIL,COMMENT_OBS,TIME_COVERAGE,UPPER_BOUND,LOWER_BOUND,SOURCE_DETAIL,COMMENT_TS,"
    "GEO_INFO_URL,GEO_INFO_TYPE,CUST_BREAKDOWN_LB,DATA_LAST_UPDATE\n"
)


def row(
    value="4.5", sex="_T", age="_T", urban="_T", custom="_T", mult="0", status="A", area="268", time="2022", kind="G"
):
    return (
        f"IAEG-SDGs:DF_SDG_GLH(1.24),A,{kind},SI_RMT_COST,{area},{sex},{age},{urban},_T,_T,_T,{custom},_T,_T,_T,_T,{time},"
        f"{value},{status},{mult},PERCENT,,C,{time},,,,,World Bank,,,,,2026-04-14\n"
    )


def test_version_1_with_34_columns(write, read):
    assert len(HEADER.split(",")) == 34
    text = HEADER + row() + row(sex="F", age="Y15T24", urban="U") + row(time="2023", status="B")
    observations, _, manifest = read(write("un.csv", text))
    assert [(o["disagg"], o["year"], o["break_before"]) for o in observations] == [
        ("", 2022, False),
        ("", 2023, True),
        ("age=15-24|location=urban|sex=female", 2022, False),
    ]
    assert (observations[0]["unit"], observations[0]["nature"], observations[0]["detail"]) == (
        "percent",
        "C",
        "World Bank",
    )
    assert manifest.reader == "sdmx-csv"


def test_the_power_of_ten_is_applied(write, read):
    observations, _, _ = read(
        write("un.csv", HEADER + row(value="2", mult="1") + row(value="3", mult="0", time="2023"))
    )
    assert [o["value"] for o in observations] == [20.0, 3.0]


def test_a_corridor_keeps_the_receiving_country_as_breakdown(write, read):
    observations, _, _ = read(write("un.csv", HEADER + row(custom="C268", area="643")))
    assert (observations[0]["place"], observations[0]["disagg"]) == ("RUS", "custom_breakdown=c268")


def test_national_reporting_is_not_mixed_with_global(write, read):
    observations, rejects, _ = read(write("un.csv", HEADER + row() + row(value="5", kind="N")))
    assert {o["disagg"] for o in observations} == {"", "reporting_type=n"}
    assert rejects == []


def test_version_2_with_names_beside_codes(write, read):
    text = (
        "STRUCTURE,STRUCTURE_ID,ACTION,SERIES: Series,REF_AREA: Area,SEX: Sex,"
        "TIME_PERIOD: Time,OBS_VALUE,UNIT_MEASURE\n"
        "dataflow,UN:DF(1.0),I,SI_RMT_COST: Cost,268: Georgia,F: Female,2022,4.5,PERCENT: Percent\n"
        "dataflow,UN:DF(1.0),D,SI_RMT_COST: Cost,268: Georgia,F: Female,2021,4.4,PERCENT: Percent\n"
    )
    observations, rejects, _ = read(write("v2.csv", text))
    assert [(o["series"], o["place"], o["disagg"], o["value"]) for o in observations] == [
        ("unsd:SI_RMT_COST", "GEO", "sex=female", 4.5)
    ]
    assert [(r["row"], r["reason"], r["column"]) for r in rejects] == [(3, "deleted", "ACTION")]


def test_sdmx_without_the_un_layout_is_not_taken(write, read):
    with pytest.raises(InputError, match="no reader knows"):
        read(write("other.csv", "DATAFLOW,COUNTRY,TIME_PERIOD,OBS_VALUE\nX,GEO,2020,1\n"))
