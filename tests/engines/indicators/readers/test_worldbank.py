"""World Bank layouts: the header decides, whatever the file is called."""

PREAMBLE = '\ufeff"Data Source","World Development Indicators",\n\n"Last Updated Date","2021-09-15",\n\n'
API = (
    PREAMBLE
    + '"Country Name","Country Code","Indicator Name","Indicator Code","2019","2020",\n'
    + '"Georgia","GEO","Remittances, paid","BM.TRF.PWKR.CD.DT","1000","",\n'
    + '"World","WLD","Remittances, paid","BM.TRF.PWKR.CD.DT","5","6",\n'
)


def test_indicator_csv_with_its_preamble(write, read):
    observations, rejects, manifest = read(write("WDICSV.csv", API))
    assert [(o["place"], o["place_kind"], o["year"], o["value"], o["row"]) for o in observations] == [
        ("001", "aggregate", 2019, 5.0, 7),
        ("001", "aggregate", 2020, 6.0, 7),
        ("GEO", "country", 2019, 1000.0, 6),
    ]
    assert observations[0]["unit"] == "cu_usd", "the file names no unit; the definition does"
    assert [(r["row"], r["column"], r["reason"]) for r in rejects] == [(6, "2020", "no-value")]
    assert manifest.rows_read == 4, "a row of a wide table is a cell"


def test_databank_export_with_footer(write, read):
    text = (
        "Country Name,Country Code,Series Name,Series Code,2019 [YR2019],2020 [YR2020]\n"
        "Georgia,GEO,GDP,NY.GDP.PCAP.KD,4.5,..\n,,,,,\n,,,,,\n"
        "Data from database: World Development Indicators,,,,,\nLast Updated: 01/28/2025\n"
    )
    observations, rejects, _ = read(write("WDICSV.csv", text))
    assert [(o["series"], o["period"], o["value"]) for o in observations] == [("wb:NY.GDP.PCAP.KD", "2019", 4.5)]
    assert [(r["row"], r["reason"]) for r in rejects] == [(2, "no-value"), (5, "note"), (6, "ragged")]
    assert rejects[1]["value"].startswith("Data from database")


def test_bulk_file_with_its_header_on_the_first_line(write, read):
    text = "Country Name,Country Code,Indicator Name,Indicator Code,1960,1961\nGeorgia,GEO,Pop,SP.POP.TOTL,1,2\n"
    observations, _, _ = read(write("WDICSV.csv", text))
    assert [o["year"] for o in observations] == [1960, 1961]


def test_corridors_with_double_spaces_quarters_and_negative_costs(write, read):
    text = (
        "\ufeffSending Countries Name,Sending Countries Code,Series Name,Series Code,Receiving Countries  Name,"
        "Receiving Countries  Code,2011Q1 [YR2011Q1],2011Q3 [YR2011Q3]\n"
        "Russia,RUS,Average Total Cost,ATCR.CORR,Georgia,GEO,2.5,-1.4\n"
        "Angola,AGO,Average Total Cost,ATCR.CORR,Georgia,GEO,..,3\n"
    )
    observations, rejects, _ = read(write("corridors.csv", text))
    assert [(o["place"], o["disagg"], o["period"], o["year"], o["value"]) for o in observations] == [
        ("GEO", "sending=ago", "2011Q3", 2011, 3.0),
        ("GEO", "sending=rus", "2011Q1", 2011, 2.5),
    ]
    assert [(r["row"], r["reason"]) for r in rejects] == [(2, "out-of-range:0 to 100"), (3, "no-value")]


def test_a_zip_with_metadata_beside_the_data(zipped, read):
    members = {
        "API_X.csv": API,
        "Metadata_Country_X.csv": '"Country Code","Region"\n"GEO","Europe"\n',
    }
    observations, _, manifest = read(zipped("wb.zip", members))
    assert {o["member"] for o in observations} == {"API_X.csv"}
    assert manifest.notes == ("No layout we know, not read: Metadata_Country_X.csv",)
