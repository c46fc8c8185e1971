# Values typed into a form: whether they can be read.

typed-name-missing = The name is missing.
typed-hidden-characters = There are hidden characters. Clear the box and type it again.
typed-text-too-long = Longer than { $longest } characters. Please shorten it.
typed-sex-missing = Sex has not been chosen.
typed-born-missing = The birth date is missing. If the day is not known, type month/year or only the year.
typed-born-invalid = The birth date cannot be read. Type 13/09/2025, 09/2025 or 1960.
typed-date-invalid = The date cannot be read. Type day/month/year, for example 13/09/2025.
typed-date-incomplete = Day, month and year are needed, for example 13/09/2025.
typed-date-no-such-day = The calendar has no such day. Check day and month.
typed-citizen-length = The personal ID number needs { $expected } digits, there are { $found }.
typed-citizen-digit = The personal ID number has only digits; position { $position } is not one.
typed-citizen-spreadsheet = A spreadsheet damaged the personal ID number. Type all 12 digits again from the card.
typed-old-card-length = The old ID card number needs { $expected } digits, there are { $found }.
typed-old-card-digit = The old ID card number has only digits; position { $position } is not one.
typed-old-card-spreadsheet = A spreadsheet damaged the old ID card number. Type all 9 digits again.
typed-card-length = A health insurance card needs 15 characters (or the 10 digits of the social insurance number), there are { $found }.
typed-card-invalid = A health insurance card has 2 letters, a digit from 1 to 5, then 12 digits; or only the 10 digits of the social insurance number.
typed-phone-invalid = A telephone number starts with 0 and has 10 or 11 digits.

field-missing = This box is empty.
field-choose = Nothing has been chosen from the list.
field-bad-time = The time cannot be read. Type 7:05 or 0705.
field-bad-number = The number is empty or longer than 30 characters.
field-bad-count = A number from { $least } to { $most } is needed.
field-bad-weight = A birth weight lies between 300 and 9,000 g. Type 3250 or 3,25.
