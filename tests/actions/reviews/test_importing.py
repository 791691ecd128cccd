import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.factories.frameworks import provision
from tests.factories.networks import network
from tests.factories.organisations import organisation
from tests.factories.people import alice, bob
from tests.factories.reviews import cycle
from waymark.actions.reviews.importing import import_review
from waymark.gcm.errors import InputError, NotFoundError, RefusedError
from waymark.records.actors import Actor
from waymark.records.editions import Edition
from waymark.records.events import Event
from waymark.records.frameworks import Framework
from waymark.records.reviews import Finding, Review

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()
OPTIONS = {"network": "qor-network", "cycle": "imrf-2022", "published_on": "2022-05-17", "title": "Review of 2022"}
TABLE = (
    "kind,provision,text,code,concerns,addressee,confirmed_on\n"
    "progress,7,Offices opened.,,,,2022-04-01\n"
    "challenge,,Money is short.,,,,\n"
    "recommendation,7,Open more offices.,R1,13,min-justice,\n"
    "recommendation,,Count better.,R2,sdg:10.7,,\n"
)


@pytest.fixture(autouse=True)
def known() -> None:
    network()
    cycle("imrf-2022")
    organisation()
    for code in ("7", "13"):
        provision(code)
    provision("10.7", "sdg", "target")


def table(folder: Path, text: str = TABLE) -> Path:
    path = folder / "earlier.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_earlier_review_becomes_findings_recommendations_and_an_edition(tmp_path: Path) -> None:
    done = import_review(by=OPERATOR, path=table(tmp_path), options=OPTIONS)
    assert (done.findings, done.recommendations) == (2, 2)
    row = done.review
    assert (row.code, row.state, row.place) == ("qor-network-imrf-2022", "published", network().place)
    first, second = row.findings.order_by("position")
    assert (first.provision, first.confirmed_on, first.locator) == (provision("7"), date(2022, 4, 1), "line 2")
    assert (second.provision, second.mark, second.source) == (None, "secondary", "earlier.csv")
    assert done.edition is not None
    assert done.edition.published_on == date(2022, 5, 17)
    assert [file["name"] for file in done.edition.files] == ["earlier.csv"]
    recommended = row.recommendations.get(code="qor-network-imrf-2022-recommendations.R1")
    assert (recommended.edition, recommended.addressee) == (done.edition, organisation())
    assert {link.to_provision.code for link in recommended.provision.links_out.all()} == {"7", "13"}


def test_without_a_day_of_publication_the_review_stays_open(tmp_path: Path) -> None:
    done = import_review(by=OPERATOR, path=table(tmp_path), options={**OPTIONS, "published_on": ""})
    assert done.edition is None
    assert done.review.state == "open"
    assert done.review.recommendations.filter(edition__isnull=True).count() == 2


def test_json_says_everything_itself_and_options_win(tmp_path: Path) -> None:
    path = tmp_path / "earlier.json"
    review = {**OPTIONS, "place": "QOR", "publishing_body": "min-justice", "source": "Gazette 3", "language": "ka"}
    finding = {"kind": "progress", "text": "კარგი", "language": "ka", "provision": "gcm:7", "mark": "verified"}
    data = {"format": "waymark-earlier-review/1", "review": review, "findings": [finding]}
    path.write_text(json.dumps(data), encoding="utf-8")
    row = import_review(by=OPERATOR, path=path, options={"code": "other-code"}).review
    assert (row.code, row.title, row.source) == ("other-code", {"ka": "Review of 2022"}, "Gazette 3")
    assert row.publishing_body == organisation()
    found = row.findings.get()
    assert (found.text, found.mark, found.source) == ({"ka": "კარგი"}, "verified", "Gazette 3")
    assert not Framework.objects.filter(code__endswith="-recommendations").exists()


@pytest.mark.parametrize(
    ("options", "text", "error", "words"),
    [
        ({"network": ""}, TABLE, NotFoundError, "no network is given. Expected: the code of a network: qor-network"),
        ({"network": "far"}, TABLE, NotFoundError, "the network is far, and no network has this code"),
        ({"cycle": "imrf-1999"}, TABLE, NotFoundError, "the cycle is imrf-1999"),
        ({"place": "XXX"}, TABLE, NotFoundError, "the place is XXX"),
        ({"publishing_body": "ghost"}, TABLE, NotFoundError, "the publishing body is ghost"),
        ({"published_on": "May"}, TABLE, InputError, "published_on is May"),
        ({"code": "two words"}, TABLE, InputError, "cannot be a code"),
        ({}, TABLE.replace("progress,7", "progress,77"), NotFoundError, "line 2: no provision is called 77"),
        ({}, TABLE.replace("sdg:10.7", "sdg:99"), NotFoundError, "line 5: no provision is called sdg:99"),
        ({}, TABLE.replace("min-justice", "ghost"), NotFoundError, "line 4: no organisation has the code ghost"),
        ({}, TABLE.replace("R1", "R 1"), InputError, "line 4: this cannot be a code"),
        ({}, TABLE.replace("challenge", "rumour"), InputError, "line 3: the kind is rumour"),
    ],
)
def test_a_bad_file_or_option_writes_nothing(
    tmp_path: Path, options: dict[str, str], text: str, error: type[InputError], words: str
) -> None:
    with pytest.raises(error) as refusal:
        import_review(by=OPERATOR, path=table(tmp_path, text), options=OPTIONS | options)
    assert words in str(refusal.value)
    if "77" in text or "R 1" in text or "rumour" in text:
        assert "Nothing was written." in str(refusal.value)
    assert not Review.objects.exists()
    assert not Finding.objects.exists()


def test_a_review_is_imported_once_and_by_the_operator(tmp_path: Path) -> None:
    first = import_review(by=OPERATOR, path=table(tmp_path), options=OPTIONS)
    events = Event.objects.count()
    assert import_review(by=OPERATOR, path=table(tmp_path), options=OPTIONS) == replace(first, already=True)
    assert Event.objects.count() == events
    with pytest.raises(RefusedError, match="is on record already"):
        import_review(by=OPERATOR, path=table(tmp_path), options=OPTIONS | {"title": "Another"})
    for by in (alice(), bob()):
        with pytest.raises(RefusedError, match="may not run the installation"):
            import_review(by=by, path=table(tmp_path), options=OPTIONS | {"code": "mine"})


def test_a_row_on_a_recommendation_of_the_same_file_is_tied_to_it(tmp_path: Path) -> None:
    own = "qor-network-imrf-2022-recommendations"
    text = f"{TABLE}challenge,{own}:R1,Nobody answered.,,,,\nrecommendation,,Say by when.,R3,{own}:R1 7,,\n"
    row = import_review(by=OPERATOR, path=table(tmp_path, text), options=OPTIONS).review
    first, _, third = row.recommendations.order_by("code")
    assert row.findings.order_by("position").last().provision == first.provision  # type: ignore[union-attr]
    assert {link.to_provision for link in third.provision.links_out.all()} == {first.provision, provision("7")}
    with pytest.raises(NotFoundError, match=f"line 6: no provision is called {own}:R9"):
        import_review(
            by=OPERATOR, path=table(tmp_path, text.replace(":R1,Nob", ":R9,Nob")), options=OPTIONS | {"code": "other"}
        )


def test_a_file_of_an_edition_on_record_makes_no_second_one(tmp_path: Path) -> None:
    first = import_review(by=OPERATOR, path=table(tmp_path), options=OPTIONS)
    assert first.edition is not None
    again = import_review(by=OPERATOR, path=table(tmp_path), options=OPTIONS | {"code": "again"})
    assert (again.edition, again.here, again.review.state) == (None, first.edition.code, "open")
    assert {row.issued_on for row in again.review.recommendations.all()} == {date(2022, 5, 17)}
    assert Edition.objects.count() == 1
    with pytest.raises(InputError) as refusal:
        import_review(
            by=OPERATOR, path=table(tmp_path), options=OPTIONS | {"code": "third", "published_on": "2022-05-18"}
        )
    assert f"the edition {first.edition.code}" in str(refusal.value)
    assert not Review.objects.filter(code="third").exists()
