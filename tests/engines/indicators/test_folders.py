"""A folder or an archive of packed tables is one dataset, also where two of them hold the same keys."""

import gzip

import pytest

from waymark.engines.indicators import walled
from waymark.gcm.errors import InputError

STOCKS = """geo,t,from,sex,n,type_b,type_c,type_r,type_i
GEO,2015,ARM,female,5,1,0,0,0
GEO,2015,ARM,male,4,1,0,0,0
"""
INCIDENTS = """t,m,type,route,geo,dead,cause,surv,nat,location,lon,lat
2015-01,1,a,b,GEO,3,drowning,0,x,y,1,2
2015-02,1,a,b,GEO,4,drowning,0,x,y,1,2
"""


def packed(text: str) -> bytes:
    return gzip.compress(text.encode(), mtime=0)


@pytest.mark.parametrize(
    ("one", "two", "read", "stored"),
    [(STOCKS, STOCKS.replace(",5,", ",6,"), 4, 2), (STOCKS, STOCKS, 4, 2), (INCIDENTS, INCIDENTS, 4, 2)],
    ids=["contradicting totals", "the same totals", "the same sums"],
)
def test_sums_that_two_tables_make_of_one_key_are_counted_by_the_rows_they_stand_for(write, one, two, read, stored):
    write("tables/a.csv.gz", packed(one))
    folder = write("tables/b.csv.gz", packed(two)).parent
    found = walled.check(folder).manifest
    assert (found.rows_read, found.rows_stored, found.rows_rejected) == (read, stored, read - stored)


@pytest.mark.parametrize("fault", ["cut short", "bomb"])
def test_a_packed_table_in_a_folder_or_zip_is_refused_as_one_alone_is(write, zipped, fault):
    heads = packed("series,place,year,value\n")
    content = packed(STOCKS * 500)[:-20] if fault == "cut short" else heads + gzip.compress(b"0" * 400_000_000)
    words = "damaged or cut short" if fault == "cut short" else "expands to more than 200 times"
    for path in (write("tables/a.csv.gz", content).parent, zipped("tables.zip", {"a.csv.gz": content})):
        with pytest.raises(InputError, match=words):
            walled.check(path)
