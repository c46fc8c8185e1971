# The rules in use.

definitions-link = Rules in use
definitions-title = Rules in use
definitions-sub = Schedules, indicators, lists and roles the program works by, each with its source and its days. { $n } are not checked against the legal text.
definitions-schedules = Immunisation schedules
definitions-full-sets = What counts as fully immunised
definitions-screening = Screening before a dose
definitions-screening-says = Put off from { $fever } °C, or down to { $cold } °C.
definitions-put-off-says = { $reason }: asked again after { $days } days.
definitions-indicators = Indicators
definitions-lists = Lists
definitions-roles = Roles
definitions-name = Name
definitions-says = What it says
definitions-overlays = Added by provinces and communes
definitions-overlay = Issued by
definitions-code = Code
definitions-how = How
definitions-file = File
definitions-adds = Added
definitions-replaces = In place of the national rule
definitions-in-force = In force
definitions-schedule-says = { $series } series, { $doses } doses
definitions-entries = { $n } entries
