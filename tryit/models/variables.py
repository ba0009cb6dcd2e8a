"""Variables of a session in an environment."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Environment
from portal.fields import SealedJSONField
from tryit.models.jars import TokenJar

__all__ = ["Variable"]


class Variable(models.Model):
    """A named value, used as `{{name}}`. Of a secret, pages never show the value again.

    `bound_origin` is the server origin a secret was made for ("" for a plain variable).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    jar = models.ForeignKey(TokenJar, on_delete=models.CASCADE, related_name="variables")
    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    value = SealedJSONField(_("value"), bound_to=("id", "jar_id", "environment_id", "name"))
    is_secret = models.BooleanField(_("secret"), default=False)
    bound_origin = models.CharField(_("bound to origin"), max_length=300, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("variable")
        verbose_name_plural = _("variables")
        constraints = (
            models.UniqueConstraint(
                fields=("jar", "environment", "name"), name="variable_name_unique"
            ),
        )

    def __str__(self) -> str:
        return self.name
