"""Import a package without the parts that are not used here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def without(*names: str, **attributes: object) -> Iterator[None]:
    """Replace modules that an import would load with empty ones; modules already loaded are left alone.

    Args:
        names: Full names of the packages and modules to replace.
        attributes: Attributes that the empty modules must have.

    """
    stand_ins = {name: ModuleType(name) for name in names if name not in sys.modules}
    for module in stand_ins.values():
        vars(module).update(attributes, __path__=[])
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]
