"""The log after somebody else wrote to the file."""

import sqlite3


def test_a_whole_log_is_said_to_be_whole(program):
    program.demo()
    said = program.run("log", "verify")
    assert said["ok"] and said["facts"] > 50_000 and said["bad"] == [], said
    assert program.run("rebuild")["identical"]


def test_one_flipped_byte_of_a_stored_fact_is_named(program):
    program.demo()
    database = sqlite3.connect(program.database)
    change_set, ordinal, body = database.execute(
        "SELECT change_set, ordinal, body FROM fact WHERE length(body) > 40 LIMIT 1 OFFSET 4000"
    ).fetchone()
    (seq,) = database.execute(
        "SELECT seq FROM change_set WHERE change_set = ?", (change_set,)
    ).fetchone()
    flipped = body[:20] + bytes([body[20] ^ 1]) + body[21:]
    database.execute(
        "UPDATE fact SET body = ? WHERE change_set = ? AND ordinal = ?", (flipped, change_set, ordinal)
    )
    database.commit()
    database.close()
    said = program.run("log", "verify", expect=3)
    assert not said["ok"], said
    assert [entry["seq"] for entry in said["bad"]] == [seq], (seq, said["bad"])


def test_a_removed_entry_is_named(program):
    program.demo()
    database = sqlite3.connect(program.database)
    (change_set, seq) = database.execute(
        "SELECT change_set, seq FROM change_set ORDER BY seq LIMIT 1 OFFSET 500"
    ).fetchone()
    database.execute("DELETE FROM fact WHERE change_set = ?", (change_set,))
    database.execute("DELETE FROM change_set WHERE change_set = ?", (change_set,))
    database.commit()
    database.close()
    said = program.run("log", "verify", expect=3)
    assert said["bad"][0]["seq"] in (seq, seq + 1), (seq, said["bad"])
