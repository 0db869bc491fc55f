"""All models of the application; each lives in the package that owns it."""

from participants.awards import models as awards
from participants.control import models as control
from participants.importing import models as importing
from participants.papers import models as papers
from participants.papers import models_signing as signing
from participants.people import models as people
from participants.settlement import models as settlement

__all__ = ["awards", "control", "importing", "papers", "people", "settlement", "signing"]
