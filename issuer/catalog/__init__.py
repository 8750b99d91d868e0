"""Certifications that ship with the package, as data: one YAML document per version of a fiche."""
