"""How every refusal of acts and records is worded: code → English sentence with {slots}.

One paragraph each: what was asked, why it is refused, what would help. No words of the command line, of a page or of a
program: the door that shows a refusal adds what to do there. Translations are in `locale/`; docs/reference/refusals.md
is made from this table, which joins those of `refused/`. House tests ask that every code is used and every slot filled.
"""

from collections.abc import Mapping
from types import MappingProxyType

from waymark.gcm.refused.bodies import BODIES
from waymark.gcm.refused.figures import FIGURES
from waymark.gcm.refused.imports import IMPORTS
from waymark.gcm.refused.people import PEOPLE
from waymark.gcm.refused.work import WORK
from waymark.gcm.sentences import Given, Plural, Wording

AS_BUILT = "Give the files as they were built."

REFUSALS: Mapping[str, Wording] = MappingProxyType(
    {
        **BODIES,
        **FIGURES,
        **IMPORTS,
        **PEOPLE,
        **WORK,
        # how the parts of any refusal are put together
        "given": "{given}: {problem} Expected: {expected} {todo}",
        "store.row_refused": "The {noun} {row} cannot be stored. {rule}",
        "store.rows_refused": "A {noun} cannot be stored, so none of them was. {rule}",
        "store.stale": "The {noun} {row} was changed meanwhile: version {seen} was read, and version {now} is "
        "on record. Read it again, and change what still needs changing.",
        "store.row_gone": "The {noun} {row} is no longer on record. Look for it again.",
        # rules of the database that no constraint of ours names
        "rule.code_once": "A code is used once. Choose another code, or change the record that has it.",
        "rule.once": "The same {field} is on record already. Correct what was given, or change the record on record.",
        "rule.not_empty": "The {field} must be filled. Give it.",
        "rule.not_negative": "The {field} cannot be below 0. Correct it.",
        "rule.too_long": "The {field} has {length} signs, and at most {limit} are kept. Shorten it.",
        "rule.unseen_sign": "In the {field}, sign {at} is {sign}, which cannot be seen and can make words other than "
        "they look. Delete it.",
        "rule.out_of_range": "A value is too large to be kept. Correct it.",
        "rule.points_to_nothing": "It names what is not on record, or is in use elsewhere. Correct that first.",
        "rule.edition_frozen": "A published edition is frozen. Publish a new edition instead.",
        "rule.other": "The database refuses it: {reason}",
        "list.nothing_yet": "none, as none is on record yet",
        # who may: permissions
        "actor.post": "The post {post}",
        "actor.system": "The program itself",
        "actor.anonymous": "Somebody without a name",
        "actor.operator": "The operator of the installation",
        "permission.not_himself": "{who} says nothing for {organisation}. The holder of a post of it does, or an "
        "officer enters what it said elsewhere, with the paper and its date.",
        "permission.not_the_operator": "The operator of the installation may not {verb}: he sets up and imports, and "
        "decides and speaks for nobody. The holder of a post does it, or it is entered from a paper with its date.",
        "permission.in_network": "{who} may not {verb} in the network {network}. Ask a {duties} of that network.",
        "permission.operator_in_network": "{who} may not {verb} in the network {network}. "
        "Ask the operator of the installation.",
        "permission.in_installation": "{who} may not {verb} in this installation. "
        "Ask the operator of the installation.",
        "permission.not_in_office": "{person} does not hold the post {post} on {on}. "
        "Let the present holder act, or appoint one.",
        "permission.out_of_reach": "The {noun} {row} is not for the members of the network {network} to read, so "
        "nothing that it keeps may point to it. Ask who keeps it to open it, or name another.",
        "permission.not_delegated": "The rights of the post {post} are not lent to {person} on {on}, or whoever lends "
        "them does not hold the post. Let its holder act, or delegate anew.",
        "permission.not_lent": "{who} lent its rights, but not the right to {verb}. Ask its holder.",
        "permission.holders_only": "{who} does not do this. Let the holder of a post of the network do it.",
        "permission.own_release": "Only a validator of {organisation} releases its reports.",
        "permission.own_excuse": "Nobody excuses {organisation} who acts for it. Ask a co-chair or another officer.",
        "permission.participants": "Only a participant of {commitment} or the network's secretariat may do this. "
        "Let your organisation join the commitment first.",
        "permission.row_not_read": "The {noun} {row} is not on record for this post. Look for it again.",
        "permission.answered_by_keeper": "The {noun} {row} is kept by the network {network}, which answers what is "
        "proposed about it. Ask an officer of that network.",
        "permission.decided_by_network": "By when {network} reports on {period} is decided by the network, not by the "
        "operator. Ask an officer of the network.",
        "permission.proposed_by_posts": "Only the holder of a post proposes a change of what others keep.",
        # when one may: states
        "state.not_now": "The {noun} {row} is {state}, so one cannot {act} it. Possible now: {possible}.",
        "state.final": "The {noun} {row} is {state}, so one cannot {act} it. "
        "Possible now: nothing; this state is final.",
        # corrections
        "amend.not_this_noun": "The {noun} {row} cannot be corrected in this way. Enter a new one.",
        "amend.not_proposed": "A change of a {noun} is not proposed. Ask an officer of the network to make it.",
        "amend.without_reason": "The {noun} {row} is changed or withdrawn for a reason that stays on record. Say why.",
        "amend.withdrawn": "The {noun} {row} was withdrawn. Enter it again if it should stand.",
        "amend.in_use": Plural(
            "The {noun} {row} cannot be withdrawn: {others} points to it. Correct or withdraw that first.",
            "The {noun} {row} cannot be withdrawn: {count} others point to it, such as {others}. "
            "Correct or withdraw those first.",
        ),
        "amend.nothing_differs": "Nothing of what was given differs from the {noun} {row}. Change a field first.",
        "amend.own_proposal": "Nobody accepts his own proposal to change {row}. Ask another officer of the network.",
        "amend.declined_without_answer": "A proposal to change {row} is declined with an answer. Say why.",
        # values given to acts
        "paper.not_named": Given(
            "the paper", "nothing names it", "a document on record, or words such as the number of a letter", "Name it."
        ),
        "paper.ahead": Given(
            "the paper of {on}", "the day is still to come", "the day of a paper that is there", "Correct the day."
        ),
        "permission.from_paper": "The post {post} does not speak for {organisation}. An officer of the network enters "
        "what it said elsewhere, with the paper and its date.",
        "facts.unknown_field": Given(
            "the field {field}",
            "this record has no such field",
            "one of {known}",
            "Correct the name of the field.",
        ),
        "code.malformed": Given(
            "{noun} code {code}",
            "this cannot be a code",
            "up to 300 letters, digits, dots, colons, hyphens or underscores, a letter or digit first",
            "Choose another code.",
        ),
        "mark.without_source": Given(
            "mark '{mark}'",
            "a fact with this mark must name its source",
            "a source",
            "Name the source, or mark the fact as a proposal.",
        ),
        "voice.unknown": Given("voice {voice}", "there is no such voice", "{known}", "Choose one."),
        "mark.unknown": Given("mark {mark}", "there is no such mark", "{known}", "Choose one."),
        "quotation.too_long": Given(
            "quotation of {passage}",
            "it has {count} words",
            "at most {limit} words",
            "Shorten it, and mark what is left out by …",
        ),
        "quotation.not_in_passage": Given(
            "quotation {words}",
            "these words do not stand in the passage {passage}",
            "words as they stand in the passage",
            "Copy them from the passage, and mark what is left out by …",
        ),
        # documents
        "document.changed_while_read": Given(
            "{file}",
            "the file changed while it was read",
            "a file that nobody writes to",
            "Wait until it is finished and add it again.",
        ),
        "document.former_elsewhere": "The document {document} belongs to another network, so it cannot be replaced "
        "from this one. Add the file without naming a former version.",
        "document.replaced_already": "The document {document} was replaced by {later} already. "
        "Name {later} as the former version.",
        "document.of_another_network": "The document {document} is not a paper of {network}, so its passages cannot "
        "be tagged from there. Name the network of the document.",
        "document.of_no_network": "The document {document} is not a paper of the whole installation, so its passages "
        "cannot be tagged from there. Name the network of the document.",
        "history.unknown": Given(
            "{urn}",
            "nothing that you may read has this global id",
            "the global id of something on record",
            "Look it up in a list or by a search.",
        ),
        "document.unknown": Given(
            "document {document}",
            "there is no such document here",
            "the code of a document, or the first letters of its file's SHA-256",
            "Look at the list of documents.",
        ),
        "document.several": Given(
            "document {document}",
            "the SHA-256 of several files on record begins so: {codes}",
            "the code of one document",
            "Give one of these codes.",
        ),
        "tag.does_not_fit": "What is said of {passage} does not fit. Name a provision to say that the passage speaks "
        "to it or does not; name none to say that it speaks to none of the objectives.",
        # frameworks
        "provision.parent_elsewhere": "{parent} is no provision of {framework}. Name a parent in the same framework.",
        "framework.unknown": Given(
            "framework {framework}",
            "no framework has this code",
            "one of {known}",
            "Correct the code, or enter the framework first.",
        ),
        "framework.none_known": Given(
            "framework {framework}",
            "no framework has this code, as none is on record yet",
            "a record with the frameworks of the catalogue",
            "Load the catalogue first.",
        ),
        # reviews
        "review.reopen_without_reason": "To reopen the review {review} give a reason.",
        "review.open_already": "The review {review} is open already.",
        "review.unknown": Given(
            "{review}", "no review of this code is on record", "the code of a review", "Correct the code."
        ),
        "review.of_no_place": "The review {review} is of no place, and a paper is made of a place. Name its place.",
        "candidate.unknown": Given(
            "{candidate}",
            "no candidate of this code is on record, and not exactly one whose hash begins so",
            "the code of a candidate, or at least eight signs of its hash",
            "Correct it.",
        ),
        "candidate.unreadable": Given(
            "{folder}", "it cannot be read ({reason})", "a folder of rendered files", "Look at the folder."
        ),
        "candidate.without_files": Given("{folder}", "it holds no file", "a folder of rendered files", AS_BUILT),
        "candidate.hidden_files": Given(
            "{folder}",
            "the files {files} have names that a backup leaves out",
            "names that do not begin with a dot or end with .part",
            AS_BUILT,
        ),
        "candidate.changed_meanwhile": Given(
            "{file}", "it was changed while it was copied", "a file that nobody writes meanwhile", "Do it again."
        ),
        "candidate.of_other_content": "The review {review} was changed while its files were made. Make them again.",
        "candidate.other_number": "The files say that they are edition {number} of {review}, and another edition was "
        "published meanwhile. Make the files again.",
        "candidate.cleared_by_persons": "The candidate {candidate} is cleared by persons in their posts. The {actor} "
        "enters only what a person signed: name the person, the post, the paper and its date.",
        "candidate.not_waiting": "The candidate {candidate} is {state}; it does not wait for clearance.",
        "candidate.cleared_already": "{person} has cleared {candidate} already. Each person clears it once.",
        "candidate.cleared_by_drafter": "{person} wrote in the review {review} or made its files, so another person "
        "must clear it.",
        "candidate.cleared_before": "The candidate {candidate} was submitted on {on}, so it was not cleared before. "
        "Correct the day.",
        "candidate.cleared_after_paper": "The paper is of {on}, so what it says of {candidate} was done by then. "
        "Correct the day.",
        "candidate.content_changed": "The content of {review} is not what {candidate} was made from. Submit it again.",
        "candidate.files_changed": "The stored files of {candidate} are not those that were submitted: {fault}. "
        "Bring them back from a backup, or submit the review again.",
        "review.on_record_already": "The review {review} is on record already. Choose another code. "
        "Nothing was written.",
        "review.of_no_country": Given(
            "{place}",
            "it is no country, and a review is of one country",
            "the code or name of a country, such as {known}",
            "Name a country.",
        ),
        "review.of_regional_cycle": Given(
            "cycle {cycle}",
            "it is the review of a region, and a country is reviewed for a forum",
            "one of {known}",
            "Name the cycle of a forum.",
        ),
        "review.without_sentences": Given(
            "language {language}",
            "there are no sentences in it, so a review in it would be English under another name",
            "one of {known}",
            "Choose a language that has sentences.",
        ),
        "review.last_day_unknown": Given(
            "cycle {cycle}",
            "the last day of this cycle is not known, so there is no default for the date of the review",
            "a date to judge by",
            "Give the date.",
        ),
        "review_source.other_hash": "The source {source} has the hash {known} on record, but {found} was found. "
        "Reject it.",
        "review_source.reject_without_reason": "To reject the source {source} give a reason.",
        "review_source.not_used": "{source} is no used source of {review}. Check and use the source first.",
        "finding.confirmed_already": "The finding {finding} was confirmed on {on} already.",
        "finding.own_finding": "{person} drafted the finding {finding}; another person must confirm it.",
        "review.has_editions": "Editions of the review {review} are published. Withdraw them one by one, each for a "
        "reason, before the review itself is hidden or withdrawn.",
        "review_source.checked_already": "The source {source} was checked as what it is. Reject it, and receive "
        "another.",
        "recommendation.issued": "The recommendation {recommendation} was issued by the edition {edition}, and others "
        "answer it. Make another recommendation in the next edition.",
        "finding.contribution_not_published": "The contribution {contribution} is {state}; cite published ones only.",
        "position.of_place_without_paper": "What {place} did, such as a State's vote, is entered from a paper with its "
        "date. Name the paper.",
        "finding.report_not_accepted": "The report {report} is {state}; cite accepted reports only.",
        "edition.frozen": "The edition {edition} is frozen. Publish a new edition instead.",
        "edition.unknown": Given(
            "{edition}",
            "no edition of this code is on record, and not exactly one whose hash begins so",
            "the code of an edition, or at least eight signs of its hash",
            "Correct it.",
        ),
        "edition.files_published_already": "The files of {candidate} are published already. Look at the editions of "
        "its review.",
        "edition.operator_without_paper": "The operator of the installation publishes and withdraws only what a "
        "signed paper says. Name the paper and its date.",
        "edition.paper_not_needed": "Who holds the post does it himself; a paper is named only by the operator who "
        "enters it for others. Leave the paper out.",
        "edition.withdrawn_without_reason": "To withdraw the edition {edition} give a reason.",
        "edition.withdrawn_already": "The edition {edition} was withdrawn on {on} already.",
        "edition.withdrawn_before": "The edition {edition} was published on {on}, so it was not withdrawn before. "
        "Correct the day.",
        # the log
        "event.never_changes": "The event log is only added to; an event is never changed or deleted. "
        "To remove personal words, erase its detail.",
        "event.erased_already": "The words of {event} were erased on {on} under {rule}.",
        "event.erased_without_rule": "The words of {event} are erased only under a named rule. Name the rule.",
        "log.of_network": "log of {network}",
        "log.of_installation": "log of the installation",
        "heads.damaged": "The published heads are damaged: {fault}. "
        "Bring the folder back from where it is published, or verify the log to see what differs.",
        "heads.there_already": "There are heads in {folder} already. Add to them.",
        "heads.too_short": "The {log} is sealed up to entry {covered}, but the heads in {folder} end with {end}. "
        "Bring the folder back from where it is published, or verify the log to see what differs. "
        "If there never were heads in this folder, begin them anew.",
        "heads.other_root": "The {log} is not what was published of it: the entries {first} to {last} have another "
        "root. Nothing was sealed. Verify the log to find the entry.",
        "heads.unreadable": "{file} cannot be read ({reason}). Look at its rights.",
        "heads.not_added_to": "{file} is damaged, {fault}. Nothing is added to it. "
        "Bring it back from where it is published, then try again.",
        "heads.unknown_line": "{file}, line {line}: it holds what this version of Waymark does not know ({fields}). "
        "It was changed, or a newer version wrote it.",
        # stores
        "record.none": "There is no record in {place}. Name the place where the record of this installation is, or "
        "bring it back from a backup.",
        "record.newer": "The record in {place} is of a newer version of Waymark than this one: it is at {record}, this "
        "program knows up to {program}. Nothing was changed. "
        "Use the newer version, or restore a backup that this one made.",
        "record.older": "The record in {place} is of an older version of Waymark than this one: it is at {record}, "
        "this program is at {program}. Make a backup, then bring the record up to date once; nothing in it is lost.",
        "backup.none": Given(
            "{folder}",
            "this is no backup",
            "the folder of a backup, with the files {facts} and {manifest}",
            "Name the folder of a backup",
        ),
        "backup.damaged": Given(
            "{folder}",
            "this backup is damaged: {fault}",
            "every file as it was written",
            "Use another backup, or bring the file back from a copy of this one. Nothing was restored",
        ),
        "backup.other_format": "{folder}: this backup was made by Waymark {version} in a format that this version does "
        "not know. Restore it with that version.",
        "backup.other_instance": "{folder} is a backup of the installation {instance}; this one is called {here}, and "
        "its name stands in every global id. Give this installation that name to restore it.",
        "backup.newer": "{folder} is a backup of a newer version: it was made by Waymark {version}, its record is at "
        "{record}; this is Waymark {program}. Restore it with the version that made it, or a later one.",
        "backup.no_register": "There is no register of erasures in {folder}, so words that were erased since the "
        "backup was made would come back. Name the folder of the published heads, or a copy of it; only when there is "
        "none any more, say so.",
        "backup.register_there": "There is a register of erasures in {folder}. Use it.",
        "backup.other_register": "The heads and erasures in {register} do not go on from those in {folder}: they are "
        "of another installation, or were changed or cut off. Use a whole copy.",
        "backup.place_in_use": Given(
            "{folder}",
            "it lies in {used} or around it",
            "a folder outside of the data folder and the folder of heads, better on another disk",
            "Choose another folder",
        ),
        "backup.place_taken": Given(
            "{folder}",
            "it holds files that are no backup",
            "a new folder, an empty one, or a former backup",
            "Choose another folder",
        ),
        "backup.of_another": "{folder} holds a backup of another installation, {instance}. Choose another folder.",
        "backup.dataset_changing": "{folder} is replaced again and again while it is copied. Try again later.",
        "restore.data_not_empty": "{folder} is not empty, and a backup is restored only into an empty place. "
        "Move the folder away, or choose another. If published heads lie in it, name their folder.",
        "restore.database_not_empty": "The database {database} is not empty, and a backup is restored only into an "
        "empty one. Choose another database.",
        "restore.other_heads": "{folder} holds other heads than {register}. Use these, or move them away.",
        "restore.other_unfinished": "{folder}: the restore of another backup was cut off here, that with the MANIFEST "
        "{backup}. Restore that one again to finish it, or move the folder away and empty the database.",
        "restore.unfinished": "A backup is being restored into {folder}, or that was cut off. Wait until it is done, "
        "or restore the same backup again: that finishes it.",
        "restore.other_tables": "The tables of this backup are not those of its version. Nothing was restored.",
        "restore.other_rows": "The table {table} has {rows} rows, but {expected} were backed up. Nothing was restored.",
        "backup.unknown_column": "The column {table}.{column} is of a kind that no backup can hold yet. "
        "Nothing was written.",
        "backup.other_columns": "The file of the table {table} has other columns than the table. Nothing was restored.",
        "folder.being_written": "{folder} is being written now. Wait until that has ended.",
        "file.unprintable_name": "{file} has a name with signs that cannot be printed. Give it another name.",
        "file.no_file": "{file} is neither a file nor a folder, but a link or a device. Put the file itself there.",
        "index.being_rebuilt": "The search index in {folder} is being rebuilt elsewhere. "
        "Search goes on with the index that is there; try again later.",
        "dataset.of_another_file": "{path}: The store already has a dataset {dataset}, made from another file. "
        "Give it another name, or replace the former one.",
        "dataset.being_written": "{folder}: Statistics are being added here already. Wait until that has ended.",
        # demonstrations
        "demonstration.other_version": "The record holds another version of the demonstration {demonstration}, and a "
        "demonstration is entered only once. Load it into an empty record.",
        "demonstration.beside_real": "The record holds the network {network} of {place}, which is not a "
        "demonstration, so the demonstration {demonstration} is not entered beside it. "
        "To see it, load it into another, empty record.",
    }
)
