"""What to do at the command line about a refusal: code of the refusal → one sentence, printed after its words."""

from types import MappingProxyType

from waymark.gcm.errors import WaymarkError

VERIFY = "Here: `waymark verify` names what differs."
NAMED_IN_THE_FILE = "It is given in the file, or here as --network, --cycle, --place or --publishing-body."

ADVICE = MappingProxyType(
    {
        "amend.without_reason": "Here: --reason says it.",
        "backup.no_register": "Here: --heads names the folder, --no-register says that there is none.",
        "backup.other_instance": "Here: WAYMARK_INSTANCE gives the name.",
        "backup.register_there": "Here: leave out --no-register.",
        "dataset.of_another_file": "Here: --dataset gives another name, --replace replaces the former one.",
        "demonstration.beside_real": "Here: set WAYMARK_DATA to another, empty folder, then run `waymark demo`.",
        "demonstration.other_version": "Here: set WAYMARK_DATA to another, empty folder, or move the database of the "
        "data folder away, then run `waymark demo`.",
        "document.unknown": "`waymark documents list` prints the codes.",
        "framework.none_known": "Run `waymark setup` once; for a new framework give --title.",
        "framework.unknown": "`waymark frameworks list` prints the codes; `waymark frameworks import` with --title "
        "enters a new framework.",
        "heads.damaged": VERIFY,
        "heads.not_added_to": VERIFY,
        "heads.other_root": VERIFY,
        "heads.there_already": "Here: leave out --anew.",
        "heads.too_short": f"{VERIFY} --anew begins new heads.",
        "record.none": "Here: WAYMARK_DATA or DATABASE_URL names the place, `waymark restore` brings a backup back.",
        "record.older": "Here: `waymark backup` makes a backup, `waymark setup` brings the record up to date.",
        "restore.data_not_empty": "Here: WAYMARK_DATA chooses the folder, --heads names that of the heads.",
        "restore.database_not_empty": "Here: DATABASE_URL chooses the database.",
        "restore.other_heads": "Here: leave out --heads to use these.",
        "restore.unfinished": "Here: `waymark restore` with the same backup.",
        "review.last_day_unknown": "Add --as-of YYYY-MM-DD.",
        "review.on_record_already": "Here: --code gives another code.",
        "review_file.named_unknown": NAMED_IN_THE_FILE,
        "review_file.not_named": NAMED_IN_THE_FILE,
        "review_file.of_other_place": "Here: --network names the network, --place the place of the review.",
    }
)


def printed(refusal: WaymarkError) -> str:
    """The words of a refusal with what to do at the command line."""
    advice = ADVICE.get(refusal.code, "")
    return f"{refusal} {advice}" if advice else str(refusal)
