"""How the French pages write dates and numbers."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = r"j F Y à H\hi"
YEAR_MONTH_FORMAT = "F Y"
SHORT_DATE_FORMAT = "j M Y"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u202f"
NUMBER_GROUPING = 3
