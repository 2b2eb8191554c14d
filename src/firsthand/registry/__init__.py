"""Canonical names of states, institutions, outlets, agencies, organisations and armed groups.

The packaged register is a neutral starter: names, kinds and ties, no sides and no judgement. A
project's own file adds actors, aliases and sides. Below the stages: any of them may use it.
"""

from firsthand.registry.entry import RegistryEntry, RegistryMention
from firsthand.registry.files import (
    COLUMNS,
    PROJECT_FILE,
    RESOURCES,
    load_register,
    packaged_registry,
    project_registry,
)
from firsthand.registry.names import name_key, name_tokens
from firsthand.registry.register import Registry

__all__ = [
    "COLUMNS",
    "PROJECT_FILE",
    "RESOURCES",
    "Registry",
    "RegistryEntry",
    "RegistryMention",
    "load_register",
    "name_key",
    "name_tokens",
    "packaged_registry",
    "project_registry",
]
