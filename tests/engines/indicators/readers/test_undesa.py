"""UN DESA's workbooks: blocks of years, titles above, several releases in one archive."""

STOCK = "International migrant stock at mid-year, "


def sheet_2020(title=STOCK, revision="Rev.2020", georgia=79368):
    empty = [""] * 11
    return [
        empty,
        ["", "", "", "", "International Migrant Stock 2020: Destination", "", "", "", "", "", ""],
        ["", "", "", "", f"POP/DB/MIG/Stock/{revision}", "", "", "", "", "", ""],
        ["", "", "", "", "", f"{title}both sexes combined", "", "", f"{title}females", "", ""],
        empty,
        ["", "Region", "Notes", "Location code", "Type of data", 1990, 1995, 2020, 1990, 1995, 2020],
        [1, "WORLD", "", 900, "", 152986157, 161289976, 280598105, 75422690, 79708475, 134942261],
        [2, "Geographic regions", "", "", "", "..", "..", "..", "..", "..", ".."],
        [129, "   Georgia*", "", 268, "B R", 304470, 152235, georgia, 171185, "..", 44489],
    ]


def test_layout_of_2020(write, workbook, read):
    path = write("stock.xlsx", workbook({"Contents": [["Table", "Title"]], "Table 1": sheet_2020()}))
    observations, rejects, manifest = read(path)
    found = {(o["place"], o["disagg"], o["year"]): o for o in observations}
    assert found["GEO", "", 1990]["value"] == 304470
    assert found["GEO", "sex=female", 2020]["value"] == 44489
    assert (found["GEO", "", 2020]["detail"], found["GEO", "", 2020]["member"], found["GEO", "", 2020]["row"]) == (
        "B R",
        "Table 1",
        9,
    )
    assert found["001", "", 2020]["place_kind"] == "aggregate"
    assert {o["series"] for o in observations} == {"undesa:MIGRANT_STOCK"}
    assert sorted({r["reason"] for r in rejects}) == ["no-area", "no-value"]
    assert manifest.reader == "undesa-workbook"


def test_layout_of_2019_with_the_years_one_row_below(write, workbook, read):
    rows = [
        ["", "", "", "", "(POP/DB/MIG/Stock/Rev.2019)", "", "", ""],
        [
            "Sort\norder",
            "Area",
            "Notes",
            "Code",
            "Type of data (a)",
            "International migrant stock as a percentage of the total population (male)",
            "",
            "",
        ],
        ["", "", "", "", "", 1990, 1995, 2019],
        [92, "Georgia", 7, 268, "B", 5.18, 2.82, 1.81],
    ]
    observations, _, _ = read(write("s.xlsx", workbook({"Table 3": rows})))
    assert [(o["series"], o["disagg"], o["year"], o["value"], o["unit"]) for o in observations] == [
        ("undesa:MIGRANT_STOCK_SHARE", "sex=male", 1990, 5.18, "percent"),
        ("undesa:MIGRANT_STOCK_SHARE", "sex=male", 1995, 2.82, "percent"),
        ("undesa:MIGRANT_STOCK_SHARE", "sex=male", 2019, 1.81, "percent"),
    ]


def test_rates_of_change_have_spans_of_years(write, workbook, read):
    rows = sheet_2020(title="Annual rate of change of the migrant stock, ")
    rows[5][5:] = ["1990-1995", "1995-2000", "2000-2005", "1990-1995", "1995-2000", "2000-2005"]
    rows[-1][5:] = [-13.9, 0.5, 1, -13.8, 1, 2]
    rows[-3][5:] = [1, 1, 1, 1, 1, 1]
    observations, _, _ = read(write("s.xlsx", workbook({"Table 5": rows})))
    first = next(o for o in observations if o["place"] == "GEO" and o["disagg"] == "")
    assert (first["series"], first["year"], first["period"], first["value"]) == (
        "undesa:MIGRANT_STOCK_GROWTH",
        1990,
        "1990-1995",
        -13.9,
    )


def test_a_block_with_a_title_we_do_not_know_is_left_out(write, workbook, read):
    rows = sheet_2020()
    rows[3][8] = "Something else"
    observations, _, _ = read(write("s.xlsx", workbook({"Table 1": rows})))
    assert {o["disagg"] for o in observations} == {""}


def test_of_two_releases_in_an_archive_the_newest_is_read(zipped, workbook, read):
    members = {
        "a-old.xlsx": workbook({"Table 1": sheet_2020(revision="Rev.2019", georgia=1)}),
        "b-new.xlsx": workbook({"Table 1": sheet_2020()}),
    }
    observations, _, manifest = read(zipped("both.zip", members))
    assert {o["member"] for o in observations} == {"b-new.xlsx#Table 1"}
    assert manifest.notes == ("Older releases were left out: a-old.xlsx; add them alone to store them",)
