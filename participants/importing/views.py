"""Pages of a file of the HR system: giving it, its columns, what it would do, applying it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ltip import clock
from ltip.accounts.access import open_to, roles_of, signed_in_user
from ltip.accounts.models import Role
from ltip.records.spreadsheets import CSV, XLSX, csv_text, xlsx_bytes
from ltip.rules.outcome import Refused
from participants.importing import applying, columns, selectors, services
from participants.importing.forms import RESULTS, ApplyForm, ColumnsForm, FileForm, LinesForm
from participants.importing.models import EmployeeImport, ImportLine

WRITERS = (Role.HUMAN_RESOURCES,)
ON_A_PAGE, FILES_ON_A_PAGE = 50, 20
EMPTY_TEMPLATE_ROWS = 1_000
Result = ImportLine.Result


@require_http_methods(["GET", "POST"])
@open_to(writers=WRITERS)
def import_employees(request: HttpRequest) -> HttpResponse:
    """Give a file, and see the files that were given."""
    form = FileForm(
        request.POST or None, request.FILES or None, initial={"holds_from": clock.today()}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            file = services.take_file(
                name=given.name,
                content=given.read(),
                holds_from=form.cleaned_data["holds_from"],
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            onward = "import_columns" if file.mapping is None else "employee_import"
            return redirect(f"participants:{onward}", file.public_id)
    page = Paginator(selectors.imports(), FILES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "may_write": _may_write(request)}
    return render(request, "participants/importing/import_employees.html", context)


@require_http_methods(["GET", "POST"])
@open_to(writers=WRITERS)
def import_columns(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say which column of a file holds what; it is remembered for the next one."""
    file = _file_or_404(public_id)
    heading, remembered = selectors.heading_of(file), columns.remembered()
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        heading=heading,
        initial={
            **columns.proposed(heading),
            "day_order": remembered.day_order if remembered else "iso",
        },
    )
    if request.method == "POST" and form.is_valid():
        chosen = dict(form.cleaned_data)
        try:
            services.use_columns(
                file=file,
                day_order=chosen.pop("day_order"),
                chosen=chosen,
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("participants:employee_import", file.public_id)
    renamed = columns.missing_headings(remembered, heading) if remembered else {}
    context = {
        "file": file,
        "form": form,
        "renamed": [(columns.LABELS[fact], named) for fact, named in renamed.items()],
        "may_write": _may_write(request),
    }
    return render(request, "participants/importing/import_columns.html", context)


@require_GET
@open_to(writers=WRITERS)
def employee_import(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far a file has come, and what each of its lines would do or has done."""
    file = _file_or_404(public_id)
    form = LinesForm(request.GET)
    page = Paginator(selectors.lines_of(file, **form.chosen()), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "file": file,
        "form": form,
        "page": page,
        "lines": [(selectors.shown(row), RESULTS[row.result]) for row in page.object_list],
        "may_write": _may_write(request),
        **_counted(file),
    }
    return render(request, "participants/importing/employee_import.html", context)


@require_http_methods(["GET", "POST"])
@open_to(writers=WRITERS)
def apply_import(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The second look: how many of what, and the one action."""
    file = _file_or_404(public_id)
    counted = _counted(file)
    counts = counted["counts"]
    form = ApplyForm(
        request.POST if request.method == "POST" else None,
        left_out=counts.left_out,
        ends_many=counts.ends_many,
        initial={"shown": file.lines_digest},
    )
    if request.method == "POST" and form.is_valid():
        try:
            applying.apply_file(
                file=file,
                shown_digest=form.cleaned_data["shown"],
                leaves_out=form.cleaned_data.get("leaves_out", False),
                endings=form.cleaned_data.get("endings"),
                by=signed_in_user(request),
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("participants:employee_import", file.public_id)
    context = {
        "file": file,
        "form": form,
        "endings": [
            selectors.shown(row) for row in selectors.lines_of(file, result=Result.ENDING)[:20]
        ],
        "may_write": _may_write(request),
        **counted,
    }
    return render(request, "participants/importing/apply_import.html", context)


@require_POST
@open_to(writers=WRITERS)
def compare_import(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Compare a file again with what is on record now."""
    file = _file_or_404(public_id)
    try:
        services.compare_file(file=file, by=signed_in_user(request), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("participants:employee_import", file.public_id)


@require_POST
@open_to(writers=WRITERS)
def discard_import(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Throw a file away that is not applied."""
    file = _file_or_404(public_id)
    try:
        services.discard_file(file=file, by=signed_in_user(request), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The file is thrown away. Nothing was applied."))
    return redirect("participants:import_employees")


@require_GET
@open_to(writers=WRITERS)
def import_faults(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The lines that are left out, with the reasons, as a file to work through."""
    file = _file_or_404(public_id)
    rows = [("line", "employee number", "name", "column", "why")]
    for row in selectors.lines_of(file).filter(result__in=(Result.WRONG, Result.BY_HAND)):
        rows += [
            (str(row.line), row.number, row.name, column, text)
            for column, text in selectors.shown(row).reasons
        ]
    # The mark at its start tells spreadsheets that it is UTF-8.
    return _download("\ufeff" + csv_text(rows), CSV, "lines-left-out.csv")


@require_GET
@open_to(writers=WRITERS)
def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty file with our headings, which need no mapping."""
    rows = columns.template_rows(clock.today())
    if kind == "csv":
        return _download("\ufeff" + csv_text(rows), CSV, "employees.csv")
    if kind == "xlsx":
        book = xlsx_bytes(
            rows,
            title="Employees",
            columns=len(columns.FACTS),
            empty_rows=EMPTY_TEMPLATE_ROWS,
        )
        return _download(book, XLSX, "employees.xlsx")
    raise Http404


def _download(content: str | bytes, media_type: str, name: str) -> HttpResponse:
    header = content_disposition_header(True, name) or ""
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": header})


def _counted(file: EmployeeImport) -> dict[str, Any]:
    counts = selectors.counts_of(file)
    return {
        "counts": counts,
        "results": [(key, label, counts.of(key)) for key, label in RESULTS.items()],
    }


def _may_write(request: HttpRequest) -> bool:
    return Role.HUMAN_RESOURCES in roles_of(request)


def _file_or_404(public_id: UUID) -> EmployeeImport:
    file = selectors.import_by_public_id(public_id)
    if file is None:
        raise Http404
    return file
