"""What was done, in words: the verbs of the log as short sentences, what else an act tells, and through which door.

`DEEDS` has the sentence of each verb that the log holds, `FACTS` the name of what an act tells beside the fields that
it changed, `DOORS` the doors. `LINES` are the sentences that a history is put together from; the catalogue of wordings
(`gcm/wording.py`) holds them under `history.…`.
"""

from types import MappingProxyType

from waymark.gcm.sentences import Plural, Wording

DEEDS: MappingProxyType[str, str] = MappingProxyType(
    {
        # verbs are kept for ever: a report's early ones begin with commitment.progress, a value's with value
        "commitment.budget.entered": "A line of the budget was entered.",
        "commitment.following.agreed": "Another network follows the commitment.",
        "commitment.following.declined": "A network that wanted to follow the commitment was declined.",
        "commitment.following.ended": "A network no longer follows the commitment.",
        "commitment.following.proposed": "It was proposed that another network follows the commitment.",
        "commitment.means.named": "A means of verification was named.",
        "commitment.progress.corrected": "The report was corrected by a new one.",
        "commitment.progress.correction.drafted": "A correction of the report was drafted.",
        "commitment.progress.entered": "The report was entered from a paper.",
        "commitment.progress.released": "The report was released by the organisation.",
        "commitment.progress.untouched": "The report was not accepted in time.",
        "commitment.result.planned": "An output or outcome was planned.",
        "commitment.risk.noted": "A risk or an assumption was noted.",
        "consultation.item.added": "An item was added to the consultation.",
        "contact.entered": "It was entered how a person or the network is reached.",
        "delegation.ended": "The rights of a post are no longer lent.",
        "delegation.made": "The rights of a post were lent.",
        "period.excused": "An organisation was excused from reporting.",
        "period.extended": "An organisation got another due date.",
        "post.appointment.confirmed": "An appointment was confirmed.",
        "post.appointment.refused": "An appointment was refused.",
        "account.opened": "An account was opened for the person.",
        "account.password.set": "The person set a password.",
        "candidate.voided": "Files that were submitted for clearance were made void.",
        "catalogue.loaded": "The catalogue was loaded.",
        "change-proposal.accepted": "A proposed change was accepted.",
        "change-proposal.declined": "A proposed change was declined.",
        "change-proposal.made": "A change was proposed to the keeper.",
        "claim.chosen": "It was chosen which of several claims is shown.",
        "claim.recorded": "It was recorded what a source says.",
        "commitment.agreed": "The commitment was agreed.",
        "commitment.completed": "The commitment was completed.",
        "commitment.dropped": "The commitment was dropped.",
        "commitment.joined": "An organisation joined the commitment.",
        "commitment.left": "An organisation left the commitment.",
        "commitment.matched": "The pledge was linked to the pledge that it matches.",
        "commitment.milestone.reached": "A milestone was reached.",
        "commitment.milestone.set": "A milestone was set.",
        "commitment.progress.accepted": "The report was accepted.",
        "commitment.progress.drafted": "A report was drafted.",
        "commitment.progress.reported": "The report was submitted.",
        "commitment.progress.returned": "The report was returned to its writer.",
        "commitment.progress.revised": "The report was revised.",
        "commitment.proposed": "The commitment was proposed.",
        "commitment.superseded": "Another commitment took the place of this one.",
        "commitment.tied": "The commitment was tied to further provisions.",
        "commitment.under_way": "The commitment was started.",
        "consultation.answered": "A contribution was answered.",
        "consultation.contributed": "A contribution was given.",
        "consultation.contribution.published": "A contribution was published.",
        "consultation.contribution.refused": "A contribution was kept from being shown.",
        "consultation.contribution.withdrawn": "A contribution was withdrawn.",
        "consultation.opened": "The consultation was opened.",
        "demonstration.loaded": "A demonstration was loaded.",
        "document.corrected": "Facts about the document were corrected.",
        "document.no_longer_replaced": "The document is no longer replaced by a later version.",
        "document.read": "The document was read.",
        "document.registered": "The document was registered.",
        "document.set_aside": "The document was set aside: its file could not be read.",
        "document.tagged": "Tags were suggested for the passages of the document.",
        "draft.discarded": "A draft was discarded.",
        "draft.handed_over": "A draft was handed over to another post.",
        "draft.saved": "A draft was saved.",
        "edition.withdrawn": "The edition was withdrawn.",
        "event.words.erased": "The words of an entry of the log were erased.",
        "framework.crosswalk.imported": "A corrected sheet of links between provisions was imported.",
        "framework.entered": "The framework was entered.",
        "framework.imported": "Provisions were imported from a file.",
        "framework.link.changed": "A link between two provisions was changed.",
        "framework.provision.entered": "A provision was entered.",
        "framework.provisions.linked": "Two provisions were linked.",
        "framework.provisions.unlinked": "A link between two provisions was removed.",
        "indicator.defined": "A national indicator was defined.",
        "meeting.attended": "It was noted who came to the meeting.",
        "meeting.decided": "A decision of the meeting was recorded.",
        "meeting.held": "The meeting was recorded.",
        "meeting.statement.recorded": "It was recorded what a speaker said.",
        "network.founded": "The network was founded.",
        "network.group.joined": "An organisation joined a working group.",
        "network.group.set_up": "A working group was set up.",
        "network.member.admitted": "A member was admitted.",
        "network.member.left": "A membership was ended.",
        "organisation.abolished": "The organisation was abolished.",
        "organisation.merged": "The organisation was merged into another.",
        "organisation.registered": "The organisation was registered.",
        "organisation.renamed": "The organisation was renamed.",
        "organisation.split": "The organisation was split.",
        "passage.tagged": "It was said of a passage what it speaks to.",
        "period.locked": "The reporting period was locked.",
        "period.opened": "The reporting period was opened.",
        "period.reopened": "The reporting period was reopened.",
        "person.entered": "The person was entered.",
        "position.taken": "A position was recorded.",
        "post.appointed": "A person was appointed to the post.",
        "post.closed": "The post was closed.",
        "post.created": "The post was created.",
        "post.left": "A person left the post.",
        "recommendations.entered": "Recommendations of an outside body were entered.",
        "record.readers.dismissed": "Persons were taken from those who may read it.",
        "record.readers.named": "Persons were named who may read it.",
        "record.restored": "The record was restored from a backup.",
        "review.changed": "The words of its recommendations, or what they concern, were changed.",
        "review.cleared": "The review was cleared: two persons have cleared the same content.",
        "review.clearance.given": "A person cleared the review.",
        "review.finding.added": "A finding was added.",
        "review.finding.cited": "It was added what a finding rests on.",
        "review.finding.confirmed": "A finding was confirmed for the country.",
        "review.imported": "The review was imported from a file.",
        "review.opened": "The review was opened.",
        "review.published": "The review was published.",
        "review.recommended": "A recommendation was added.",
        "review.reopened": "The review was reopened.",
        "review.in_clearance": "The review is up for clearance.",
        "review.submitted": "The files of the review were submitted for clearance.",
        "review.source.checked": "A source of the review was checked.",
        "review.source.received": "A source of the review was received.",
        "review.source.rejected": "A source of the review was rejected.",
        "review.source.used": "A source of the review was taken into use.",
        "value.accepted": "The value was accepted.",
        "value.corrected": "The value was corrected by a new one.",
        "value.correction.drafted": "A correction of the value was drafted.",
        "value.drafted": "A value was drafted.",
        "value.entered": "The value was entered from a paper.",
        "value.returned": "The value was returned to its writer.",
        "value.submitted": "The value was handed in.",
        "workplan.area.added": "A work area was added.",
        "workplan.made": "The workplan was made.",
    }
)
"""Verb of the log → what was done."""

ANY_NOUN: MappingProxyType[str, str] = MappingProxyType(
    {"amended": "history.amended", "withdrawn": "history.withdrawn"}
)
"""Last word of a verb that is the same for every noun → the sentence of `LINES` that says it."""

FACTS: MappingProxyType[str, str] = MappingProxyType(
    {
        "act": "By the act of law",
        "by_report": "By the report",
        "by_value": "By the value",
        "form": "Returned for its form",
        "network": "Network",
        "period": "Reporting period",
        "result": "Result",
        "since": "Since",
        "year": "Year",
        "acting": "Acting for the holder",
        "attribute": "What is said of it",
        "before": "State before",
        "by": "Replaced by",
        "changed": "Changed",
        "claim": "Claim that is shown",
        "co_lead": "Co-lead",
        "commitment": "Follow-up",
        "count": "Number",
        "candidate": "Files for clearance",
        "cycle": "Review cycle",
        "date": "Day",
        "done_on": "Reached on",
        "due_date": "Due on",
        "duty": "Duty",
        "edition": "Edition",
        "file": "From the file",
        "findings": "Findings",
        "from_date": "From",
        "from_post": "From the post",
        "heir": "Drafts go to the post",
        "into": "Into",
        "issuer": "Issued by",
        "kind": "Kind",
        "level": "Level",
        "mark": "How well it is known",
        "matched": "Matches the pledge",
        "name": "Name",
        "new": "New",
        "of": "Change of",
        "on": "On the day",
        "organisation": "Organisation",
        "paper": "Entered from the paper",
        "paper_date": "Day of the paper",
        "partner": "Participant",
        "person": "Person",
        "persons": "Persons",
        "post": "Post",
        "rating": "Rating",
        "readers_lost": "Readers were taken from",
        "removed": "Removed",
        "role": "Role",
        "rule": "Rule",
        "same": "As they were",
        "stance": "Position",
        "state": "State",
        "to": "To the provisions",
        "to_date": "Until",
        "to_post": "To the post",
        "value": "Value",
        "verdict": "Verdict",
        "voice": "Voice",
        "written": "Rows written",
    }
)
"""What an act tells beside the fields that it changed → what that is called."""

REASONS = ("reason", "note")
"""What an act tells that says why."""

MACHINES_ONLY = frozenset({
    "backup", "code", "content", "erased_again", "given", "hash", "items", "model", "no", "number", "rejected",
    "sha256", "taken", "waymark",
})  # fmt: skip
"""What an act tells for programs: fingerprints, codes, and counts that the fields tell better."""

DOORS: MappingProxyType[str, str] = MappingProxyType(
    {
        "account": "the account pages",
        "api": "the programming interface",
        "cli": "the command line",
        "desk": "the desk",
        "take_part": "the pages for taking part",
    }
)
"""Door → what it is called."""

COLUMNS = (
    "Day", "Hour", "Person", "Post", "For whom", "Door", "What was done", "About", "Row", "Entered, changed or removed",
    "Field", "Before", "After", "Why",
)  # fmt: skip
"""The columns of a history as a table."""

HOW: MappingProxyType[str, str] = MappingProxyType(
    {"entered": "entered", "changed": "changed", "removed": "removed", "told": "told"}
)
"""What became of a row in an entry, in words; "told" is what the act told besides."""

LINES: dict[str, Wording] = {
    "history.a_society": "a civil-society organisation",
    "history.acting_for": "{post}, acting for: {lender}",
    "history.amended": "The {noun} was corrected.",
    "history.another_door": "another door",
    "history.at": "{day}, {hour}",
    "history.elsewhere": "It was changed by an act on something that is not shown to you.",
    "history.erased": "The words of this entry were erased on {on} under the rule “{rule}”.",
    "history.for": "for {organisation}",
    "history.former_field": "A field that is no longer kept",
    "history.gone": "{noun}, no longer on record",
    "history.hidden": Plural(
        "{count} further change is not shown to you.", "{count} further changes are not shown to you."
    ),
    "history.holder": "the holder of the post of {post}",
    "history.in": "{part}, in {whole}",
    "history.in_language": "{words} (in {language})",
    "history.nameless": "a person who is not named here",
    "history.not_shown": "{noun}, not shown to you",
    "history.nothing": "nothing",
    "history.set": "{after} (was empty)",
    "history.emptied": "nothing (was {before})",
    "history.operator": "the operator of this installation",
    "history.operator_named": "the operator of this installation ({name})",
    "history.page": "page {page}",
    "history.outside": "something that is not in this record",
    "history.person_of": "a person of {organisation}",
    "history.post": "{post}, {organisation}",
    "history.somebody": "somebody who stays anonymous",
    "history.system": "Waymark itself",
    "history.unnamed_body": "an organisation that is not named here",
    "history.unknown_act": "Something was done for which there are no words here.",
    "history.withdrawn": "The {noun} was withdrawn.",
}
"""The sentences and parts of sentences that a history is put together from."""
