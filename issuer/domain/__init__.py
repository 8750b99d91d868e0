"""What the institution decides by: certifications, records, rules, plans and awards, as pure values."""
