"""UN SDG database: long CSV, workbook, data-portal CSV."""

LONG = (
    '"SeriesCode","SeriesDesc","Sex_Code","Sex_Desc","ReportingType_Code","ReportingType_Desc","Nature_Code","Nature_Desc",'
    '"Units_Code","Units_Desc","GeoArea_Code","GeoArea_Desc","Year","TimeDetail","Value","Source","Footnotes","ISO3CD"\n'
)


def long(
    sex="FEMALE",
    kind="G",
    unit="PERCENT",
    area="268",
    year="2015.0",
    value="66.1",
    source="Survey",
    note="",
    series="SI_COV_BENFTS",
):
    cells = [series, "Text", sex, "x", kind, "x", "C", "x", unit, "x", area, "Georgia"]
    start = ",".join(f'"{cell}"' for cell in cells)
    return f'{start},{year},"","{value}","{source}","{note}","GEO"\n'


def test_long_csv(write, read):
    text = LONG + long() + long(sex="BOTHSEX", value="70", note="Urban only") + long(year="2016.0", value="NaN")
    observations, rejects, manifest = read(write("long.csv", text))
    total, female = observations
    assert (female["disagg"], female["value"], female["period"], female["unit"]) == (
        "sex=female",
        66.1,
        "2015",
        "percent",
    )
    assert (total["disagg"], total["detail"], total["nature"]) == ("", "Survey; Urban only", "C")
    assert [row["reason"] for row in rejects] == ["no-value"]
    assert manifest.reader == "unsd-long-csv"


def test_the_reporting_type_is_kept_where_it_is_not_global(write, read):
    observations, rejects, _ = read(write("long.csv", LONG + long() + long(kind="N", value="60")))
    assert {row["disagg"] for row in observations} == {"sex=female", "reporting_type=n|sex=female"}
    assert rejects == []


def test_a_unit_that_differs_from_the_definition_is_another_series(write, read):
    """The file of 2019 says "millions of children" where a percentage is meant; nothing is guessed."""
    observations, _, _ = read(
        write("long.csv", LONG + long(unit="NUM_U5_M", series="SG_REG_BRTH", value="42.3000000000000"))
    )
    assert (observations[0]["unit"], observations[0]["value"]) == ("num_u5_m", 42.3)


def test_notes_outside_utf8_are_read_and_said(write, read):
    text = (LONG + long(source="Enquête")).encode("cp1252")
    observations, _, manifest = read(write("long.csv", text))
    assert observations[0]["detail"] == "Enquête"
    assert "Windows-1252" in manifest.notes[0]


def test_workbook_with_rows_without_value(write, workbook, read):
    head = ["seriesCode", "timePeriod", "geoAreaCode", "geoAreaName", "parentCode", "parentName", "ageCode", "ageDesc"]
    head += [
        "value",
        "source",
        "natureCode",
        "unitsCode",
        "reportingTypeCode",
        "natureDesc",
        "unitsDesc",
        "reportingTypeDesc",
    ]
    tail = ["DHS", "C", "PERCENT", "G", "Country data", "Percentage", "Global"]
    rows = [
        head,
        ["SG_REG_BRTH", 2015.0, "268", "Georgia", "145", "Western Asia", "<5Y", "under 5", "99.6", *tail],
        ["SG_REG_BRTH", 2015.0, "2", "Africa", "1", "World", "<5Y", "under 5", "", "", "", "", "", "", "", ""],
        ["SG_REG_BRTH", 2015.0, "268", "Georgia", "145", "Western Asia", "<5Y", "under 5", "99.6", *tail],
        ["SG_REG_BRTH", 2015.0, "268", "Georgia", "145", "Western Asia", "<5Y", "under 5", "42", *tail],
    ]
    observations, rejects, manifest = read(write("Data_16.9.1.xlsx", workbook({"Sheet1": rows})))
    assert [(row["place"], row["value"], row["disagg"], row["member"], row["row"]) for row in observations] == [
        ("GEO", 99.6, "age=<5y", "Sheet1", 2)
    ]
    assert [(row["row"], row["reason"]) for row in rejects] == [
        (3, "no-value"),
        (4, "duplicate:2"),
        (5, "contradicts:2"),
    ]
    assert manifest.reader == "unsd-workbook"


def test_data_portal_csv(write, read):
    text = (
        "Goal,SeriesCode,GeoAreaCode,GeoAreaName,TimePeriod,Value,Source,FootNote,[Sex],[Nature],[Units]\n"
        "10,SI_RMT_COST,268,Georgia,2017,1.34,WB,,BOTHSEX,C,PERCENT\n"
    )
    observations, _, _ = read(write("portal.csv", text))
    assert (observations[0]["disagg"], observations[0]["unit"], observations[0]["detail"]) == ("", "percent", "WB")
