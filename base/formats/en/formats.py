"""How the English pages write dates and numbers: day before month, 24 hours, a thin gap between thousands."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
YEAR_MONTH_FORMAT = "F Y"
SHORT_DATE_FORMAT = "j M Y"
THOUSAND_SEPARATOR = "\u202f"
NUMBER_GROUPING = 3
