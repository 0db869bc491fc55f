"""Who signs in, in which roles, and how they proved again that it is they."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ltip.records.models import AppendOnly


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in by e-mail address."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64)
    locale = models.CharField(max_length=16, default="en")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "time_zone"]

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_user_per_email"),
            models.UniqueConstraint(fields=["email"], name="email_is_the_sign_in"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    COMMITTEE_MEMBER = "committee_member", "Committee member"
    SECRETARY = "secretary", "Secretary of the Committee"
    HUMAN_RESOURCES = "human_resources", "Human resources"
    STOCK_ADMINISTRATOR = "stock_administrator", "Stock administrator"
    FINANCE = "finance", "Finance"
    AUDITOR = "auditor", "Auditor"
    PARTICIPANT = "participant", "Participant"


class RoleAssignment(models.Model):
    """A user holds a role from one day to another, both included; without `ends_on` for good."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_assignments")
    role = models.CharField(max_length=32, choices=Role.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "starts_on"], name="one_start_per_role"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="role_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.get_role_display()}"


class SecondFactor(models.Model):
    """An app of a user that shares a secret with us and makes codes of it and the time.

    `last_step` is the time step of the last code taken: no code of it or before is taken again.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    secret_encrypted = models.TextField()
    set_up_at = models.DateTimeField()
    last_step = models.BigIntegerField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    last_wrong_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(ended_at__isnull=True),
                name="one_second_factor_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"The second factor of {self.user}"


class RecoveryCode(models.Model):
    """A code on paper for whoever has lost the app; good once. Only its keyed digest is kept."""

    factor = models.ForeignKey(
        SecondFactor, on_delete=models.PROTECT, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["factor", "digest"], name="recovery_codes_differ")
        ]

    def __str__(self) -> str:
        return f"A recovery code of {self.factor.user}"


class Authentication(AppendOnly):
    """A fresh proof of identity, made just before a binding step and used for one such step."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Method(models.TextChoices):
        PASSWORD = "password", _("the password given again")
        CODE = "one-time code", _("a one-time code")
        RECOVERY_CODE = "recovery code", _("a recovery code")
        PASSWORD_AND_CODE = (
            "password and one-time code",
            _("the password given again, and a one-time code"),
        )
        PASSWORD_AND_RECOVERY_CODE = (
            "password and recovery code",
            _("the password given again, and a recovery code"),
        )

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=32, choices=Method.choices)
    authenticated_at = models.DateTimeField()
    address = models.CharField(max_length=64)
    device = models.CharField(max_length=400)

    def __str__(self) -> str:
        return f"{self.user} by {self.method}"


class AuthenticationUse(AppendOnly):
    """The one step for which a proof of identity was used."""

    authentication = models.OneToOneField(
        Authentication, on_delete=models.PROTECT, related_name="use"
    )
    purpose = models.CharField(max_length=200)
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.purpose
