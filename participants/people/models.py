"""Employees, their dated statuses, and the end of their service."""

import uuid

from django.db import models

from ltip.accounts.models import AuthenticationUse, User
from ltip.records.models import AppendOnly, Document, Seal


class Employee(models.Model):
    """A person in the company's service. Personal data is encrypted; statuses are dated rows."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField()
    hired_on = models.DateField()
    user = models.OneToOneField(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="employee"
    )
    address_encrypted = models.TextField(blank=True)
    birth_date_encrypted = models.TextField(blank=True)
    tax_number_encrypted = models.TextField(blank=True)
    tax_number_fingerprint = models.CharField(max_length=64, blank=True, db_index=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["name", "id"], name="employees_by_name")]

    def __str__(self) -> str:
        return self.name


class EmployeeStatus(AppendOnly):
    """From `starts_on` on, the employee has this grade, kind of employment, country and so on.

    A later row for the same day takes the place of the earlier one. A correction supersedes by
    name; one with an empty value takes the entry back.
    """

    class Subject(models.TextChoices):
        NAME = "name", "Name"
        GRADE = "grade", "Salary grade"
        KIND = "kind", "Kind of employment"
        COUNTRY = "country", "Country"
        COVERED = "covered", "Covered Employee"
        SPECIFIED = "specified", "Specified employee"
        OFFICER = "officer", "Section 16 officer"
        LEAVE = "leave", "Leave of absence"

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="statuses")
    subject = models.CharField(max_length=16, choices=Subject.choices)
    value = models.CharField(max_length=200)
    starts_on = models.DateField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["employee", "subject", "starts_on"]),
            models.Index(fields=["subject", "value", "starts_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.subject} {self.value} from {self.starts_on}"


class StatusStretch(models.Model):
    """From when to when something holds about an employee: worked out from the dated records, to
    be filtered by. Nobody decides it, and it is thrown away and made again as they grow.
    """

    class Subject(models.TextChoices):
        ELIGIBLE = "eligible", "May be designated for periods that begin later"
        GRADE = "grade", "Salary grade"
        COUNTRY = "country", "Country"
        COVERED = "covered", "Covered Employee"

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="stretches")
    subject = models.CharField(max_length=16, choices=Subject.choices)
    value = models.CharField(max_length=64, blank=True)
    since = models.DateField()
    ends_before = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "value", "since", "ends_before", "employee"])]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.subject} {self.value} from {self.since}"


class StretchesKnown(models.Model):
    """Up to which seal the stretches tell what the dated records say."""

    singleton = models.BooleanField(default=True, unique=True, editable=False)
    through_seal = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(singleton=True), name="one_mark_of_stretches_only"
            )
        ]

    def __str__(self) -> str:
        return f"up to {self.through_seal}"


class CauseFinding(AppendOnly):
    """The Committee found Cause, in the Plan's sense, with its reason."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="cause_findings")
    found_on = models.DateField()
    reason = models.TextField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Cause of {self.employee_id} found on {self.found_on}"


class EndOfService(AppendOnly):
    """Service ended for a reason; `ended_on` is its last day. A correction supersedes by name.

    The two disabilities are the Code's, §22(e), and the Plan's; `separated_on` is the separation
    from service where that is another day, which counts for deferred compensation only.
    """

    class Reason(models.TextChoices):
        DEATH = "death", "Death"
        DISABILITY = "disability", "Total and permanent disability"
        WITHOUT_CAUSE = "without_cause", "By the company, other than for Cause"
        CAUSE = "cause", "By the company, for Cause"
        RESIGNATION = "resignation", "Resignation"
        RETIREMENT = "retirement", "Retirement"

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="service_ends")
    ended_on = models.DateField()
    reason = models.CharField(max_length=16, choices=Reason.choices)
    is_deferred = models.BooleanField(default=False)
    separated_on = models.DateField(null=True)
    is_totally_disabled = models.BooleanField(default=False)
    is_disabled_under_plan = models.BooleanField(default=False)
    cause_finding = models.ForeignKey(
        CauseFinding, on_delete=models.PROTECT, null=True, related_name="+"
    )
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee"],
                condition=models.Q(supersedes__isnull=True),
                name="one_first_end_of_service",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} until {self.ended_on}"


class Death(AppendOnly):
    """A holder died after the service had ended; without a day it takes back an earlier record.

    A death that ends service is an end of service. A correction supersedes by name.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="deaths")
    died_on = models.DateField(null=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee"],
                condition=models.Q(supersedes__isnull=True),
                name="one_first_death",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} died on {self.died_on}"


class BeneficiaryDesignation(AppendOnly):
    """A holder named beneficiaries (GA §4); the latest designation holds.

    One without any beneficiary revokes those named before. It names the designation that it takes
    the place of, and has a proof of identity where the holder made it on the page.
    """

    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="beneficiary_designations"
    )
    designated_on = models.DateField()
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    authentication_use = models.OneToOneField(
        AuthenticationUse, on_delete=models.PROTECT, null=True, related_name="+"
    )
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"beneficiaries of {self.employee_id} of {self.designated_on}"


class Beneficiary(AppendOnly):
    """One person of a designation, with a part in percent.

    A contingent beneficiary takes only where no other one of the designation survives.
    """

    designation = models.ForeignKey(
        BeneficiaryDesignation, on_delete=models.PROTECT, related_name="beneficiaries"
    )
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    relationship = models.CharField(max_length=100, blank=True)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    is_contingent = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["designation", "position"], name="one_beneficiary_per_position"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DesignationPaper(AppendOnly):
    """A signed paper that belongs to a designation, such as a spouse's consent, as received."""

    designation = models.ForeignKey(
        BeneficiaryDesignation, on_delete=models.PROTECT, related_name="papers"
    )
    received_on = models.DateField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"paper of {self.designation_id}"


class Succession(AppendOnly):
    """Who takes a dead holder's shares: which beneficiaries survived, or who stands for the
    estate. The latest holds."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="successions")
    survivors = models.TextField(help_text="Canonical text: positions of those who survived.")
    designation = models.ForeignKey(
        BeneficiaryDesignation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    estate_representative = models.CharField(max_length=200, blank=True)
    recorded_on = models.DateField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"succession of {self.employee_id}"


class AddressChange(AppendOnly):
    """A holder gave notice of another address for notices (GA §18); the latest given holds."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="address_changes")
    given_on = models.DateField()
    fingerprint = models.CharField(max_length=64)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    authentication_use = models.OneToOneField(
        AuthenticationUse, on_delete=models.PROTECT, null=True, related_name="+"
    )
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"address of {self.employee_id} from {self.given_on}"


class KeptAddress(models.Model):
    """The address of a change, encrypted; under a new key it still has the change's fingerprint."""

    change = models.OneToOneField(AddressChange, on_delete=models.PROTECT, related_name="kept")
    email_encrypted = models.TextField()
    postal_encrypted = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"kept address of {self.change_id}"
