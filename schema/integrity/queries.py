"""Root fields of the integrity of public bodies."""

from __future__ import annotations

from schema.integrity import complaints as _complaints  # noqa: F401 - declares complaints
from schema.integrity import evaluation as _evaluation  # noqa: F401 - declares evaluations
from schema.integrity import files as _files  # noqa: F401 - declares files
from schema.integrity import overview as _overview  # noqa: F401 - declares the overview
from schema.integrity import records as _records  # noqa: F401 - declares records
