# Users, roles, passwords.

users-title = Users
users-sub = { $n } people have a role in reach of { $unit }. Each role belongs to a unit and has its days.
users-new = Add a user
users-none = Nobody
users-none-what = Loosen the filter, or add a user.
users-find = Name or login
users-name = Full name
users-login = Login
users-role = Role
users-grants = Roles and days
users-days = Days
users-state = State

grant-holds = In use
grant-over = Expired
grant-to-come = Not begun
grant-ends = Ends { $day }
grant-same-day = { $day }, revoked the same day
grant-unit = Unit
grant-unit-hint = The reach of the role starts from this unit.
grant-from = From
grant-to = Until
grant-to-hint = Leave empty: no end.
grant-title = Add a role
grant-add = Grant the role
grant-revoke = Revoke
grant-revoke-of = Revoke the role { $role }
grant-why = Reason
grant-why-of = Reason for revoking the role { $role }
grant-why-missing = A reason is needed.

roles-explained = What each role may do
roles-reach = Reach: { $reach }.
reach-administrative = the unit and everything below it administratively
reach-professional = the unit and everything it leads professionally
reach-reporting = the unit and everything that reports to it
reach-unit = only the unit itself

may-person-read = find and read records
may-person-write = write and change records
may-immunisation-write = record doses
may-worklist-read = see who is due
may-stock-read = read the stock book
may-stock-write = write the stock book
may-coldchain-write = write fridge temperatures and incidents
may-aefi-read = read adverse events
may-aefi-write = record and report adverse events
may-import-run = import files
may-indicator-read = see aggregate numbers
may-indicator-people = open the list behind a number
may-plan-read = read plans
may-plan-write = write plans
may-unit-read = see units
may-unit-write = change units
may-user-read = see users
may-user-write = grant roles
may-user-grant_any = grant roles wider than one's own
may-definitions-read = read the rules in use
may-definitions-write = change the rules
may-audit-read = read the log

user-new-sub = The first password is made by the machine and shown once, to be changed after signing in.
user-login-hint = Plain letters, digits, dots; for example lan.nt
user-add = Open the account
user-account = Account
user-closed = Account closed
user-closed-what = This person can no longer sign in. What they recorded stays under their name.
user-close-title = Close the account
user-close-what = Closing is for good: every session ends at once. For a leave, revoking the role is enough.
user-close-why = Reason
user-close = Close the account
user-bad-login = A login has 3 to 40 plain letters, digits, dots or dashes.
user-bad-name = A full name is needed.
user-login-taken = The login { $login } is taken.
user-role-beyond = The role { $role } cannot be granted: it may do more than the role in use.
user-beyond = This account still holds a role that is not yours to manage. Ask the administrator of a unit above.
user-role-not-held = The account does not hold this role at this unit.
user-role-held = This person already holds that role at that unit.
user-days-reversed = The last day comes before the first.
user-not-oneself = One's own account cannot be closed; ask another administrator.

password-title = New password
password-sub = Of { $name }. Read it out or hand it over; do not send it in a message.
password-is = Password
password-once = This password is shown only once. If it is lost, reset it again.
password-back = Back to the users
password-reset = Reset the password
password-reset-what = The machine makes a new readable password and shows it once. All sessions of this person end.

done-grant-added = The role is granted.
done-grant-revoked = The role is revoked; all sessions of this person have ended.
done-user-closed = The account is closed.

# Command line.
user-login = Login
user-name = Full name
user-role = Role
user-unit = Unit
