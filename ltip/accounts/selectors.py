"""Reading who holds which role, and who has a second factor."""

from datetime import date

from django.db.models import Q, QuerySet

from ltip.accounts.models import Role, RoleAssignment, SecondFactor, User


def roles_of(user: User, on: date) -> frozenset[Role]:
    """The roles that the user holds on a day."""
    rows = _held(on).filter(user=user).values_list("role", flat=True)
    return frozenset(Role(role) for role in rows)


def holders_of(role: Role, on: date) -> QuerySet[User]:
    """The active users who hold a role on a day, by name."""
    assignments = _held(on).filter(role=role).values("user_id")
    return User.objects.filter(pk__in=assignments, is_active=True).order_by("name", "pk")


def second_factor_of(user: User) -> SecondFactor | None:
    """The second factor that the user has now."""
    return SecondFactor.objects.filter(user=user, ended_at__isnull=True).first()


def recovery_codes_left(factor: SecondFactor) -> int:
    """How many of its recovery codes were not used."""
    return factor.recovery_codes.filter(used_at__isnull=True).count()


def _held(on: date) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(starts_on__lte=on).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    )
