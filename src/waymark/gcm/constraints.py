"""What the database says when a rule of the record is broken: name of the constraint → English sentence.

Each says what must hold and, where that is not plain, what to do. A constraint without a sentence fails the test of
completeness (tests/records/test_constraints.py), as does a sentence without a constraint. Shown after "The … cannot
be stored."
"""

from collections.abc import Mapping
from types import MappingProxyType

SPANS = (
    "following", "membership", "organisation_name", "participation", "post_holding", "working_group",
    "working_group_member",
)  # fmt: skip
"""What holds from a day to a day."""

CODED = (
    "candidate", "change_proposal", "commitment", "consultation", "contribution", "document", "draft", "edition",
    "finding", "framework", "meeting", "national_indicator", "network", "organisation", "person", "place", "post",
    "reporting_period", "review", "review_cycle", "review_source", "work_area", "working_group", "workplan",
)  # fmt: skip
"""What has a code of its own in the whole installation."""

CLOSED_LISTS = (
    "answer_kind", "candidate_audience", "candidate_state", "change_proposal_state", "commitment_change_state",
    "commitment_kind", "commitment_state", "contribution_state", "document_reading", "edition_audience",
    "finding_kind", "following_state", "meeting_kind", "membership_role", "national_indicator_direction",
    "national_value_empty_reason", "national_value_qualifier", "national_value_state", "network_kind", "network_level",
    "organisation_kind", "participation_role", "place_kind", "position_stance", "post_duty", "progress_report_form",
    "progress_report_state", "progress_report_voice", "reporting_period_schedule", "result_kind",
    "review_cycle_level", "review_source_state", "review_state", "risk_effect", "risk_kind", "risk_likelihood",
    "succession_kind", "tag_verdict", "tie_purpose",
)  # fmt: skip
"""What comes from a closed list: `<noun>_<field>`."""

ENDS_AFTER_START = "It ends before it starts. Correct one of the two days."
END_KNOWN_OR_NOT = "Its end has a day and is said to be unknown. Give one of the two."
PAPER_HAS_DAY = "A paper and its day are named together. Name both, or neither."
CODE_ONCE = "A code is used once. Choose another code, or change the record that has it."
PAPER_HAS_DAY = "A paper from which something is entered is named with its day, or not at all."
CLOSED_LIST = "One of its values is not in its closed list. Choose a value of the list."

CONSTRAINTS: Mapping[str, str] = MappingProxyType(
    {f"{name}_ends_after_start": ENDS_AFTER_START for name in SPANS}
    | {f"{name}_end_known_or_not": END_KNOWN_OR_NOT for name in SPANS}
    | {f"{name}_code": CODE_ONCE for name in CODED}
    | {f"{name}_known": CLOSED_LIST for name in CLOSED_LISTS}
    | {
        # claims
        "claim_once_per_source": "The same place in the same source has said this already. Use the claim on record.",
        "claim_has_source": "A claim needs its source. Name it.",
        "claim_choice_once": "A choice among these claims is on record already. Change that one.",
        "claim_choice_has_reason": "A choice among claims needs a reason in words.",
        # corrections
        "change_proposal_has_reason": "A proposed change needs a reason in words.",
        "change_proposal_declined_with_answer": "A proposed change is declined with an answer. Say why.",
        # networks
        "membership_open_once": "The organisation is a member in this role already. End that membership first.",
        "working_group_member_open_once": "The organisation has a seat in the group already. End that seat first.",
        # commitments
        "commitment_way_known": "There is no such way of making a pledge. "
        "Choose individual, common, in partnership or matching.",
        "commitment_due_after_start": "It is due before it starts. Correct one of the two days.",
        "commitment_superseded_names_successor": "A commitment names its successor when it is superseded, "
        "and only then.",
        "commitment_way_of_pledge": "Only a pledge is made in a way of making pledges. Leave the way out.",
        "commitment_end_has_reason": "To drop or supersede a commitment give a reason.",
        "participation_open_once": "The organisation takes part in this role already. End that part first.",
        "participation_share_percent": "A share is more than 0 and at most 100 per cent.",
        "participation_amount_not_negative": "An amount of money cannot be below 0.",
        "participation_amount_has_currency": "An amount of money and its currency are given together.",
        "tie_once": "The commitment is tied to this provision for this purpose already.",
        "following_open_once": "The network follows this commitment already, or is to follow it. Answer that first.",
        "following_end_has_reason": "To decline or end that a network follows a commitment give a reason.",
        "result_has_words": "A result needs words.",
        "means_of_verification_has_words": "A means of verification needs words that say where one sees it.",
        "risk_has_words": "A risk or an assumption needs words.",
        "risk_assumption_is_not_weighed": "Only a risk has a likelihood and an effect. Leave them out.",
        "budget_line_of_year_or_period": "Money is for a year or for a reporting period, and not for both.",
        "budget_line_has_currency": "Amounts of money need their currency.",
        "budget_line_has_an_amount": "A line of a budget needs an amount: planned, available or spent.",
        "budget_line_not_negative": "An amount of money cannot be below 0.",
        # consultations
        "consultation_ends_after_start": ENDS_AFTER_START,
        "contribution_name_kind_known": "A contribution is named, with its name withheld, or anonymous.",
        "contribution_anonymous_keeps_nothing": "Of an anonymous contribution no day, name or organisation is kept, "
        "and it has a receipt.",
        "contribution_named_has_name": "A contribution that is not anonymous needs a name or an organisation.",
        "contribution_rating_of_commitment": "A rating needs its scale and the commitment that it rates.",
        "contribution_says_something": "A contribution needs words or a rating.",
        "contribution_paper_has_day": PAPER_HAS_DAY,
        "answer_once": "The contribution has an answer already. Correct or withdraw that one.",
        "contribution_receipt_once": "Another contribution has this receipt. Send it again.",
        "answer_has_reason": "An answer needs a reason.",
        # documents
        "document_file_once_per_network": "The network has this file already. Use the document on record.",
        "document_file_once_without_network": "The installation has this file already. Use the document on record.",
        "document_passed_on_only_with_licence": "A document is passed on only with a licence. Name the licence.",
        "document_read_has_text": "A document that was read keeps its file and its text.",
        "document_set_aside_has_reason": "A document that is set aside needs the reason.",
        "document_not_its_own_former": "A document cannot replace itself. Name another former version.",
        "passage_once_per_position": "The document has a passage at this place already.",
        "passage_has_text": "A passage needs words, and ends after it starts.",
        "tag_of_model_once": "This tag is suggested already.",
        "tag_once_per_post": "The post has said something of this passage and this provision already. Change that.",
        "tag_none_once_per_post": "The post has said already that the passage speaks to none of the objectives.",
        "tag_of_model_has_score": "A suggested tag names its model, provision and score; a person's tag names no "
        "model and no score.",
        "tag_none_has_no_provision": "A tag names a provision, or says that the passage speaks to none of the "
        "objectives.",
        # frameworks
        "provision_code_in_framework": "The framework has a provision of this code already. Choose another code.",
        "provision_not_its_own_parent": "A provision cannot lie within itself. Name another parent.",
        "crosswalk_once": "These two provisions are linked in this way already.",
        "crosswalk_not_to_itself": "A provision is not linked to itself. Name another provision.",
        "position_of_place_or_organisation": "A position is that of a place or of an organisation, and not of both.",
        "position_paper_has_day": PAPER_HAS_DAY,
        "commitment_change_paper_has_day": PAPER_HAS_DAY,
        "position_of_place_from_paper": "A position of a place is entered from a paper with its date. Name it.",
        "position_on_framework_or_provision": "A position is on a framework or on a provision, and not on both.",
        # meetings
        "meeting_ends_after_start": ENDS_AFTER_START,
        "attendance_of_somebody": "An attendance needs an organisation, a post or a person.",
        "decision_follow_up_once": "The follow-up belongs to another decision already.",
        "statement_of_somebody": "A statement needs an organisation, a post or a person who made it.",
        # organisations and people
        "organisation_one_open_name": "An organisation has one name at a time. End the present name first.",
        "succession_leads_where_its_kind_says": "An organisation is renamed into itself, merged or split into another, "
        "or abolished without successor.",
        "post_one_open_holder": "A post has one holder at a time. End the present holding first, or appoint as acting.",
        "post_holder_once": "The person holds this post already.",
        "post_holding_state_known": CLOSED_LIST,
        "post_holding_paper_has_day": PAPER_HAS_DAY,
        "post_holding_confirmed_by_and_on": "Who confirmed an appointment is kept with the day of that, and only then.",
        "delegation_ends_after_start": ENDS_AFTER_START,
        "delegation_has_reason": "A delegation needs a reason in words.",
        "contact_of_one": "A contact is that of a person or of a network, and not of both.",
        "contact_of_person_once": "The person has a contact on record already. Correct that.",
        "contact_of_network_once": "The network has a contact on record already. Correct that.",
        "named_reader_once": "The person is named as a reader of this record already.",
        # accounts
        "user_of_person_or_operator": "An account is that of one person, or of the operator, and not of both.",
        "unique_primary_email": "An account has one main address. Make the other one an additional address first.",
        "unique_verified_email": "The address belongs to another account already.",
        "unique_authenticator_type": "The account has a second factor of this kind already. Remove that first.",
        # progress reports
        "reporting_period_ends_after_start": ENDS_AFTER_START,
        "progress_report_once_per_voice": "An organisation reports on a commitment once for a period and voice. "
        "Revise the report on record.",
        "progress_report_empty_reason_known": "Why there is no rating comes from a closed list: not collected, not "
        "applicable, not yet due, confidential.",
        "progress_report_rated_or_reason": "A report has a rating, or the reason why there is none, and not both.",
        "progress_report_submitted_has_day": "A report that was submitted has the day of that.",
        "progress_report_accepted_has_day": "A report has a day of acceptance when it is accepted, and only then.",
        "progress_report_returned_has_note": "A report is returned with what is asked of its writer.",
        "progress_report_of_society_returned_for_form": "A report of society is returned for a reason of form only.",
        "progress_report_corrected_once": "A correction of this report is on record already.",
        "progress_report_corrected_has_day": "A report has the day of its correction when it was corrected, and only "
        "then.",
        "progress_report_correction_has_reason": "A correction needs a reason.",
        "progress_report_paper_has_day": PAPER_HAS_DAY,
        "due_date_once": "The organisation has a due date for this period already. Change that one.",
        "excuse_once": "The organisation is excused for this period already.",
        "excuse_has_reason": "An excuse needs a reason.",
        "evidence_of_something": "Evidence is a document, an address, or words that say where it lies.",
        "evidence_of_passage_names_document": "Evidence from a passage names the document of the passage.",
        # national indicators and values
        "national_indicator_has_title": "An indicator needs a title.",
        "national_indicator_has_meaning": "An indicator needs words that say what it means.",
        "national_indicator_target_has_source": "A target is a number, its year, and the source that states it.",
        "national_value_once": "The organisation has given a value of the indicator for this period already. Correct "
        "that one.",
        "national_value_of_catalogue_once": "The organisation has given a value of the indicator for this period "
        "already. Correct that one.",
        "national_value_corrected_once": "A correction of this value is on record already.",
        "national_value_of_one_indicator": "A value is of one indicator: a national one, or one of the catalogue.",
        "national_value_says_one_thing": "One thing is given for a period: a value, a bound with its sign, or why "
        "there is no value.",
        "national_value_submitted_has_day": "A value that was handed in has the day of that.",
        "national_value_accepted_has_day": "A value has the day of its acceptance when it was accepted, and only then.",
        "national_value_corrected_has_day": "A value has the day of its correction when it was corrected, and only "
        "then.",
        "national_value_correction_has_reason": "A correction needs a reason.",
        "national_value_returned_has_note": "A value is returned with words that say what is asked.",
        "national_value_paper_has_day": PAPER_HAS_DAY,
        # reviews
        "review_cycle_ends_after_start": ENDS_AFTER_START,
        "review_source_is_what_its_kind_says": "A source is an edition of this installation, an edition received from "
        "another with its URN, or a file with its document. Correct its kind, or name what belongs to it.",
        "review_source_checked_has_hash": "A source that was checked has a hash.",
        "finding_has_text": "A finding needs words.",
        "finding_confirmed_by_and_on": "Who confirmed a finding is kept with the day of that.",
        "citation_of_one_record": "A citation is of one record: a report, a commitment, a statement, a contribution, a "
        "document, a claim or a national value.",
        "citation_of_passage_names_document": "A citation of a passage names the document of the passage.",
        "citation_of_one_thing": "A citation is of one report, commitment, statement, contribution, document, claim or "
        "national value, or of one observation with dataset, series, place and period.",
        "recommendation_of_review_or_outside_body": "A recommendation is issued by a review or by an outside body, "
        "and not by both.",
        "recommendation_edition_is_of_review": "Only a review's recommendation is issued by an edition.",
        "clearance_by_two_persons": "The person has cleared these files already. Each person clears them once.",
        "clearance_paper_has_day": PAPER_HAS_DAY,
        "candidate_stands_once": "A candidate of the review for this audience in this language waits already.",
        "candidate_has_files": "A candidate has files and their hash.",
        "candidate_void_with_reason": "A candidate is void with a reason, and only then.",
        "edition_number_once": "The review has an edition of this number for this audience in this language already.",
        "edition_cleared_has_record": "An edition that was cleared here has the record of its clearance.",
        "edition_paper_has_day": PAPER_HAS_DAY,
        "edition_withdrawal_has_reason": "An edition is withdrawn with a reason in words.",
        "edition_withdrawal_paper_has_day": PAPER_HAS_DAY,
        "edition_has_files": "An edition has files and their hash.",
        "workplan_ends_after_start": ENDS_AFTER_START,
        # the log
        "event_number_in_network": "Another event was logged at the same moment. Do it again.",
        "event_row_once": "An event names each row once.",
        "event_detail_erased_or_kept": "The words of an event are kept, or erased on a day under a rule.",
        "seal_once_per_day": "The day is sealed already.",
        "seal_covers_events": "A seal covers at least one event.",
    }
)
"""Sentence by the name of the constraint; the unique fields without a name of ours are worded in `refusals.py`."""
