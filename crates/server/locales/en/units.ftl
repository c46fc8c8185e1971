# Units, relations, villages.

units-title = Units
units-sub = Each relation has a first and a last day. Renaming or moving a unit changes nobody's record.
units-senses = Relation
units-on = Network of
units-bad-day = “{ $typed }” is not a day. Write it like 16/01/2026.
units-none = No unit was in reach on that day
units-none-what = Choose another day.
units-name = Unit
units-kind = Kind
units-code = Facility code
units-under = Stands under
units-areas = Villages
units-state = State
units-open = Active
units-closed = Closed since { $day }
units-changes = Changes on { $day }

relation-administrative = Administrative
relation-professional = Professional
relation-reporting = Reporting
relation-site_of = Site of

unit-kind-station = Health station
unit-kind-sub_station = Sub-station
unit-kind-regional_centre = Regional health centre
unit-kind-department = Department
unit-kind-commune_committee = Commune committee
unit-kind-province_committee = Province committee
unit-kind-cdc = Provincial CDC
unit-kind-health_department = Department of Health
unit-kind-other = Other unit

unit-parents = Stands under
unit-children = Units below
unit-no-relation = None yet.
unit-sense = Relation
unit-from = From
unit-to = Until
unit-holds = Holds
unit-ended = Ended
unit-to-come = To come
unit-villages = Villages looked after ({ $n })
unit-no-village = Looks after no village.
unit-about = About
unit-no-code = none yet
unit-commune = Place
unit-commune-code = code { $code }
unit-predecessors = Made of the former communes
unit-part = in part
unit-names = Former names
unit-name-until = until { $day }

unit-form-name = Rename
unit-form-relation = Move in the network
unit-form-areas = Add a village
unit-button-name = Write the new name
unit-button-relation = Preview
unit-button-areas = Add
unit-new-name = New name, from today
unit-document = Decision
unit-new-parent = Will stand under
unit-parent-hint = Type the name of a unit. The present relation of this kind ends on that day.
unit-no-parent = no unit
unit-choose-parent = Choose the new unit, or “no unit”.
unit-transfer-preview = From { $day }, in the { $sense } sense, { $unit } no longer stands under { $from } and stands under { $to }. No record is changed.
unit-bad-name = A name may not be empty or hold hidden characters.
unit-same-name = The new name is the present one.
unit-under-itself = A unit cannot stand under itself or under a unit below it.
unit-ones-own = Nobody transfers the unit they work for: a unit above does it.
unit-already-under = The unit already stands there.
unit-nothing-to-end = No relation of this kind holds on that day.

village-name = Name of the village
village-kind = Called
village-kind-usual = thôn
village-kind-hint = village, hamlet, residential group…
village-commune = Commune code
village-bad-commune = No commune has this code on that day.

done-unit-renamed = The new name is written; the old one stands in the history.
done-unit-moved = The change of the network is written.
done-unit-village = The village is added.

# Command line.
unit-name = Unit
unit-kind = Kind
unit-areas = Villages
