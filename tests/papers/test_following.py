"""Who follows up: bodies counted by role, and the meeting of unknown day that may be the last."""

from typing import Any

import pytest

from tests.papers.views import review, view
from waymark.papers.following import ROLES, told
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.networks.views import MeetingView, MemberView, NetworkView
from waymark.queries.organisations.views import OrganisationView
from waymark.records.networks import MemberRole


def member(name: str, role: str, **given: Any) -> MemberView:
    return view(MemberView, organisation=view(OrganisationView, urn=name, name=name), role=role, **given)  # type: ignore[no-any-return]


def meeting(title: str, date: str = "", *decisions: str) -> MeetingView:
    return view(MeetingView, title=title, date=date, decisions=decisions)  # type: ignore[no-any-return]


def said(*members: MemberView, meetings: tuple[MeetingView, ...] = (), founded: str = "") -> str:
    return plain(told(Writer(review()), view(NetworkView, name="Body", members=members, meetings=meetings,
                                             founded=founded)))  # fmt: skip


def test_a_body_counts_once_by_its_first_role_and_a_shared_remark_is_said() -> None:
    old = {"note": "Older list."}
    assert said(
        member("A", "chair"), member("B", "member", **old), member("C", "member", **old), member("C", "secretariat"),
        member("D", "member", until="2020-01-01"), member("E", "consultative", note="Since 2013."),
        member("F", "consultative", note="Since 2013."), member("G", "secretariat"), founded="2010-10-13",
    ) == (
        "Body: set up on 13 October 2010; 3 members (2: older list); 2 with consultative status; "
        "1 secretariat on record."
    )  # fmt: skip
    assert said() == "Body: no member on record."
    assert said(member("A", "partner")) == "Body: 1 partner on record."


@pytest.mark.parametrize(
    ("meetings", "words"),
    [
        ((meeting("13th", "2015-08-31"), meeting("16th", "2016-03-25")),
         " Last meeting on record: 25 March 2016, 16th."),
        ((meeting("16th", "2016-03-25"), meeting("32nd", "", "A plan was adopted.")),
         " Last dated meeting: 25 March 2016, 16th; undated, perhaps later: 32nd (decided: "
         "A plan was adopted)."),
        ((meeting("31st"), meeting("32nd")), " Meeting on record, day not known: 32nd and 1 other."),
    ],
)  # fmt: skip
def test_a_meeting_of_unknown_day_stands_beside_the_last_dated_one(
    meetings: tuple[MeetingView, ...], words: str
) -> None:
    assert said(meetings=meetings) == f"Body: no member on record.{words}"


def test_every_role_of_a_member_is_counted_in_one_place() -> None:
    assert sorted(code for codes, _, _ in ROLES for code in codes) == sorted(MemberRole.values)
