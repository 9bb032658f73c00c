"""A person who can log in. The e-mail address is the log-in name; there is no other."""

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.auth import get_backends
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from base.compiled import compiled, made_up_id

if TYPE_CHECKING:
    from accounts.models.membership import Membership
    from accounts.models.post import Post

_ME: Final = made_up_id(0)


class UserManager(BaseUserManager["User"]):
    """Makes people; addresses are kept in lower case, and compared without regard to it."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person with this address; without a password nobody can log in until it is set by mail."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """The technical administrator: accounts and reference data, no unit, hence no request."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person of this address, in whatever case it is written; User.DoesNotExist for nobody."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person. What the person may do follows from memberships and posts, never from a flag here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("E-mail"), max_length=254, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    function = models.CharField(_("Function"), max_length=120, blank=True)
    telephone = models.CharField(_("Telephone"), max_length=40, blank=True)
    language = models.CharField(_("Language"), max_length=5, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("Time zone"), max_length=40, default="UTC")
    is_active = models.BooleanField(_("Can log in"), default=True)
    is_superuser = models.BooleanField(_("Technical administrator"), default=False)
    created_at = models.DateTimeField(_("Made on"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_once",
                violation_error_message=_("This address already has an account."),
            )
        ]

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        """The name as the person writes it."""
        return self.name

    def get_short_name(self) -> str:
        """The same name: names are not cut into parts."""
        return self.name

    @cached_property
    def current_memberships(self) -> "list[Membership]":
        """Memberships that have not ended; one query, kept for the life of this object; none when disabled."""
        if not self.is_active:
            return []
        [mine] = compiled("memberships", lambda: [self.memberships.model.objects.current().filter(user=_ME)], [_ME])
        return mine.rows({_ME: self.pk})

    @cached_property
    def current_posts(self) -> "list[Post]":
        """Posts that count today, each with its unit; one query, kept for the life of this object."""
        if not self.is_active:
            return []
        rows = self.posts.model.objects
        [mine] = compiled("posts", lambda: [rows.counting().filter(user=_ME).select_related("unit")], [_ME])
        return mine.rows({_ME: self.pk})

    @property
    def mail_fails(self) -> bool:
        """Whether the last mail to the address could not be delivered; known of who is signed in (backends)."""
        return self.__dict__.get("last_mail") == "parked"

    @property
    def is_staff(self) -> bool:
        """Whether the officers' desk opens at all: a technical administrator, or anybody with a current post."""
        return self.is_active and (self.is_superuser or bool(self.current_posts))

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """Whether a backend grants `perm` ("app.action_model"). Being a superuser grants nothing by itself."""
        return any(backend.has_perm(self, perm, obj) for backend in get_backends() if hasattr(backend, "has_perm"))

    def has_perms(self, perm_list: Iterable[str], obj: models.Model | None = None) -> bool:
        """Whether every one of them is granted."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether any permission of this app is granted."""
        return any(
            backend.has_module_perms(self, app_label)
            for backend in get_backends()
            if hasattr(backend, "has_module_perms")
        )
