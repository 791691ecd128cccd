"""DDF datapoints in a folder, a zip and alone."""

HEADER = "age,geo_area,nature,sex,units,year,sl_tlf_neet\n"
ROWS = (
    "15_24,268,c,female,percent,2017,31.5\n"
    "15_24,268,c,bothsex,percent,2017,26.8\n"
    "allage,1,notspec,bothsex,percent,2017,<5\n"
)
PLAIN = (
    "geo_area,nature,units,year,si_rmt_cost\n"
    "268,na,percent,2017,1.34\n268,na,percent,2015,-1.5\n9999,na,percent,2017,3\n"
)
MEMBERS = {
    "ddf--concepts--discrete.csv": "concept,concept_type,name\nage,entity_domain,Age\n",
    "ddf--entities--age.csv": "age,name\n15_24,15-24\n",
    "ddf--datapoints--a.csv": HEADER + ROWS,
    "ddf--datapoints--b.csv": PLAIN,
}


def test_a_zip_of_datapoints(zipped, read):
    observations, rejects, manifest = read(zipped("ddf.zip", MEMBERS))
    found = {(row["series"], row["place"], row["disagg"]): row for row in observations}
    female = found["unsd:SL_TLF_NEET", "GEO", "age=15-24|sex=female"]
    assert (female["value"], female["nature"], female["unit"], female["year"]) == (31.5, "C", "percent", 2017)
    assert (female["member"], female["row"]) == ("ddf--datapoints--a.csv", 2)
    assert found["unsd:SL_TLF_NEET", "GEO", "age=15-24"]["value"] == 26.8
    world = found["unsd:SL_TLF_NEET", "001", ""]
    assert (world["place_kind"], world["value"], world["qualifier"], world["bound"], world["nature"]) == (
        "aggregate",
        None,
        "<",
        5.0,
        "",
    )
    assert [(row["reason"], row["row"], row["value"]) for row in rejects] == [
        ("out-of-range:0 to 100", 3, "-1.5"),
        ("unknown-area", 4, "3"),
    ]
    assert manifest.reader == "ddf"
    assert manifest.notes == (), "lists of concepts and entities are companions, not unknown files"


def test_a_folder_gives_the_same_as_a_zip(write, zipped, read, tmp_path):
    for name, content in MEMBERS.items():
        write(f"folder/{name}", content)
    from_folder, from_zip = read(tmp_path / "sources" / "folder"), read(zipped("ddf.zip", MEMBERS))
    drop = {"dataset"}
    assert [{k: v for k, v in row.items() if k not in drop} for row in from_folder[0]] == [
        {k: v for k, v in row.items() if k not in drop} for row in from_zip[0]
    ]


def test_one_file_alone(write, read):
    observations, _, _ = read(write("anything.txt", PLAIN))
    assert observations[0]["series"] == "unsd:SI_RMT_COST"
    assert observations[0]["member"] == ""


def test_the_status_of_an_observation_splits_no_series(write, read):
    text = "geo_area,nature,observation_status,units,year,dc_tof_agrl\n268,c,a,number,2015,1\n268,c,e,number,2016,2\n"
    observations, _, _ = read(write("a.csv", text))
    assert {row["disagg"] for row in observations} == {""}
