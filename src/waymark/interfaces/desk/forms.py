"""The form of a report: what a body says of a measure for a period, in its own words."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waymark.actions.reports.rows import Proof
from waymark.gcm.language import LANGUAGES, is_language, language_name
from waymark.queries.reports.views import ShownReport, Subject

NO_RATING = "none:"
"""Before the code of a reason why there is no rating, among the answers to "how far"."""

PROOFS = 5
"""Pieces of evidence that the form holds."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered, as the act takes it."""

    rating: str
    empty_reason: str
    narrative: dict[str, str]
    reason: dict[str, str]
    evidence: tuple[Proof, ...]


class ReportForm(forms.Form):
    """One question after the other: how far, what was done, why not further, what shows it."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    how_far = forms.ChoiceField(
        label=_("How far is it"), required=False, widget=forms.RadioSelect, error_messages={
            "invalid_choice": _("Choose one of the answers. “%(value)s” is none of them."),
        },
    )  # fmt: skip
    narrative = forms.CharField(label=_("What was done"), required=False, max_length=20_000, widget=forms.Textarea)
    reason = forms.CharField(label=_("Why not further"), required=False, max_length=10_000, widget=forms.Textarea)
    language = forms.ChoiceField(label=_("Language of your words"))

    def __init__(self, subject: Subject, *args: Any, whole: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whole = whole
        self.proven = {one.code for one in subject.steps if one.evidence_required}
        steps = [(one.code, one.label) for one in subject.steps]
        reasons = [(f"{NO_RATING}{one.code}", one.label) for one in subject.reasons]
        self.fields["how_far"].choices = [*steps, *reasons]  # type: ignore[attr-defined]
        spoken = subject.languages or tuple(LANGUAGES)
        self.fields["language"].choices = [(one, language_name(one, one)) for one in spoken]  # type: ignore[attr-defined]
        for number in range(1, PROOFS + 1):
            self.fields[f"url{number}"] = forms.URLField(
                label=_("Address"), required=False, max_length=1000, assume_scheme="https",
                error_messages={"invalid": _("Give an address that begins with https:// or http://.")},
            )  # fmt: skip
            self.fields[f"where{number}"] = forms.CharField(
                label=_("What it is, and where it lies"), required=False, max_length=1000
            )

    def clean_language(self) -> str:
        """A language that is known."""
        code = str(self.cleaned_data["language"])
        if not is_language(code):
            raise forms.ValidationError(_("Choose a language of the list."))
        return code

    def clean(self) -> dict[str, Any]:
        """What has to be there before the answers are checked; a draft may lack it."""
        given = super().clean() or self.cleaned_data
        if not self.whole:
            return given
        chosen = given.get("how_far", "")
        if not chosen and not self.has_error("how_far"):
            self.add_error("how_far", _("Choose how far the work is, or why there is no rating. Nothing was chosen."))
        shown = any(given.get(f"{name}{n}") for name in ("url", "where") for n in range(1, PROOFS + 1))
        broken = any(self.has_error(f"{name}{n}") for name in ("url", "where") for n in range(1, PROOFS + 1))
        if chosen in self.proven and not shown and not broken:
            self.add_error("where1", _("Say what shows it. This rating needs at least one piece of evidence."))
        return given

    def answers(self) -> Answers:
        """What was answered. Call it on a form that is valid."""
        given = self.cleaned_data
        chosen, language = given["how_far"], given["language"]
        none = chosen.startswith(NO_RATING)
        proofs = (
            Proof(url=given[f"url{number}"], text=_said(given[f"where{number}"], language))
            for number in range(1, PROOFS + 1)
            if given[f"url{number}"] or given[f"where{number}"]
        )
        return Answers(
            rating="" if none else chosen,
            empty_reason=chosen.removeprefix(NO_RATING) if none else "",
            narrative=_said(given["narrative"], language),
            reason=_said(given["reason"], language),
            evidence=tuple(proofs),
        )


def _said(words: str, language: str) -> dict[str, str]:
    return {language: words.strip()} if words.strip() else {}


def initial_of(shown: ShownReport | None, subject: Subject) -> dict[str, Any]:
    """What the form holds when it is opened: the report as it stands, or nothing."""
    spoken = subject.languages[0] if subject.languages else "en"
    if shown is None:
        return {"version": 0, "language": spoken}
    chosen = shown.step or (f"{NO_RATING}{shown.empty_step}" if shown.empty_step else "")
    given: dict[str, Any] = {
        "version": shown.version,
        "how_far": chosen,
        "narrative": shown.narrative,
        "reason": shown.reason,
        "language": shown.language or spoken,
    }
    for number, proof in enumerate(shown.evidence[:PROOFS], start=1):
        given[f"url{number}"], given[f"where{number}"] = proof.url, proof.text
    return given
