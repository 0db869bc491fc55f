"""The texts of papers: which is in force, writing another, and putting it before the Committee."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from committee.dating import adopted_on
from committee.resolutions import paragraph_pairs
from committee.selectors import open_acts
from committee.services import propose_act
from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.rules.outcome import Refused
from participants.papers.drafting import draft_template, sample_paper
from participants.papers.forms_templates import TemplateForm
from participants.papers.models import TemplateDraft
from participants.papers.placeholders import PLACEHOLDERS, TITLES
from participants.papers.versions import drafts_of, template_draft, versions
from participants.papers.wording import paragraphs_of_text, sections_of_text

READERS = (Role.SECRETARY, Role.COMMITTEE_MEMBER, Role.HUMAN_RESOURCES)
WRITERS = (Role.SECRETARY,)
NAMES = {
    "notice": gettext_noop("Notice of grant"),
    "agreement": gettext_noop("Grant agreement"),
    "united-kingdom": gettext_noop("Special terms for the United Kingdom"),
}


@require_GET
@open_to(*READERS)
def templates(request: HttpRequest) -> HttpResponse:
    """Each paper with the version of its text that is in force."""
    known, today = versions(), clock.today()
    return render(
        request,
        "participants/papers/templates.html",
        {
            "papers": [
                {
                    "kind": kind,
                    "name": _(NAMES[kind]),
                    "in_force": known.on(kind, today),
                    "to_come": [
                        one for one in known.of(kind) if one.row and one.row.effective_on > today
                    ],
                }
                for kind in TITLES
            ]
        },
    )


@require_GET
@open_to(*READERS)
def paper_template(request: HttpRequest, kind: str) -> HttpResponse:
    """The text of a paper that is in force, its versions, and the drafts that wait."""
    _known_or_404(kind)
    known = versions()
    in_force = known.on(kind, clock.today())
    return render(
        request,
        "participants/papers/template.html",
        {
            "kind": kind,
            "name": _(NAMES[kind]),
            "in_force": in_force,
            "sections": sections_of_text(in_force.text),
            "versions": known.of(kind),
            "drafts": drafts_of(kind),
            "may_write": Role.SECRETARY in roles_of(request),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(writers=WRITERS)
def draft_paper_template(request: HttpRequest, kind: str) -> HttpResponse:
    """Write another text, beginning with the one in force."""
    _known_or_404(kind)
    today = clock.today()
    form = TemplateForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        initial={"text": versions().on(kind, today).text, "effective_on": today},
    )
    if form.is_valid():
        try:
            draft = draft_template(
                kind=kind, **form.cleaned_data, by=signed_in_user(request), at=clock.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft is kept. Look at it before you put it forward."))
            return redirect("participants:template_draft", draft.public_id)
    return render(
        request,
        "participants/papers/draft_template.html",
        {
            "kind": kind,
            "name": _(NAMES[kind]),
            "form": form,
            "placeholders": [(f"{{{name}}}", means) for name, means in PLACEHOLDERS.items()],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS, writers=WRITERS)
def draft_of_template(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A draft with what differs; the secretary puts it before the Committee."""
    draft = _draft_or_404(public_id)
    if request.method == "POST":
        try:
            act = propose_act(
                kind="paper_template",
                request={"draft": str(draft.public_id)},
                by=signed_in_user(request),
                at=clock.now(),
                dated_on=adopted_on(request),
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("participants:template_draft", public_id)
        messages.success(
            request, _("Act %(number)s is before the Committee.") % {"number": act.number}
        )
        return redirect("committee:act", act.public_id)
    before = versions().on(draft.kind, draft.effective_on)
    acts = open_acts().filter(kind="paper_template", request__contains=str(draft.public_id))
    return render(
        request,
        "participants/papers/template_draft.html",
        {
            "draft": draft,
            "name": _(NAMES[draft.kind]),
            "sections": sections_of_text(draft.text),
            "before": before,
            "pairs": paragraph_pairs(
                paragraphs_of_text(before.text), paragraphs_of_text(draft.text)
            ),
            "act": acts.first(),
            "approved": getattr(draft, "approved", None),
            "may_write": Role.SECRETARY in roles_of(request),
        },
    )


@require_GET
@open_to(*READERS)
def template_sample(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A draft as the PDF that a holder would get, for one who is made up."""
    draft = _draft_or_404(public_id)
    on = max(draft.effective_on, clock.today())
    content = sample_paper(draft.kind, draft.text, known=versions(), on=on)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="sample-{draft.digest[:12]}.pdf"'
    return answer


def _known_or_404(kind: str) -> None:
    if kind not in TITLES:
        raise Http404


def _draft_or_404(public_id: UUID) -> TemplateDraft:
    draft = template_draft(public_id)
    if draft is None:
        raise Http404
    return draft
