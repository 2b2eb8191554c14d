"""The nouns of firsthand: frozen, typed records that pass between the stages."""
