//! Numbers, and the people behind them.

use super::{Deed, Scene, Seen, among, deed};
use crate::common::day;
use tram_app::Failure;
use tram_app::indicator::{Board, Question, Side, Which};
use tram_defs::role::Reach;
use tram_kernel::Period;

const CODE: &str = "DAN_SO";

fn month(s: &Scene<'_>) -> Period {
    Period::month_of(s.app.today())
}

fn question(s: &Scene<'_>) -> Question {
    Question { period: month(s), unit: s.at.unit_key, reach: s.actor.reach, tree: None }
}

fn shown(s: &Scene<'_>, board: Result<Board, Failure>) -> Seen {
    among(board.map(|board| board.areas), |area| area.id == s.at.area)
}

fn behind(s: &Scene<'_>, q: Question, area: Option<i64>) -> Seen {
    let people = s.app.people_behind(
        s.actor,
        q,
        CODE,
        Side::Numerator,
        &Which { area, limit: 500, ..Which::default() },
    );
    among(people.map(|(lines, _)| lines), |line| line.id == s.at.mother)
}

fn parted(s: &Scene<'_>, q: Question, area: Option<i64>) -> Seen {
    let grouping = s.app.grouping(s.actor, q, (CODE, "minority"), area);
    among(grouping.map(|found| found.map(|g| g.groups).unwrap_or_default()), |_| true)
}

/// The asker's own unit, asked as if every role reached as far as the professional ones.
fn wider(s: &Scene<'_>) -> Question {
    let reach = match s.actor.reach {
        Reach::Professional => Reach::Reporting,
        _ => Reach::Professional,
    };
    Question { reach, ..s.app.own_question(s.actor, month(s)) }
}

/// The asker's own unit with the network of a day on which station 3 was still below it.
fn past(s: &Scene<'_>) -> Question {
    let tree = Some(day("2025-06-01"));
    Question { tree, ..s.app.own_question(s.actor, month(s)) }
}

pub const DEEDS: &[Deed] = &[
    deed("own_question", |s| {
        shown(s, s.app.board(s.actor, s.app.own_question(s.actor, month(s)), &[CODE]))
    }),
    deed("board", |s| shown(s, s.app.board(s.actor, question(s), &[CODE]))),
    deed("board (claiming another reach)", |s| shown(s, s.app.board(s.actor, wider(s), &[CODE]))),
    deed("boards (of the village)", |s| {
        let q = s.app.own_question(s.actor, month(s));
        let periods = [month(s).step(-1), month(s)];
        let boards = s.app.boards(s.actor, q, &[CODE], &periods, Some(s.at.area_key));
        shown(s, boards.map(|mut boards| boards.remove(0)))
    }),
    deed("board_known_at", |s| {
        shown(s, s.app.board_known_at(s.actor, question(s), &[CODE], s.app.today()))
    }),
    deed("grouping", |s| parted(s, question(s), None)),
    deed("grouping (of the village)", |s| {
        parted(s, s.app.own_question(s.actor, month(s)), Some(s.at.area_key))
    }),
    deed("grouping (claiming another reach)", |s| parted(s, wider(s), None)),
    deed("people_behind", |s| behind(s, question(s), None)),
    deed("people_behind (of the village)", |s| {
        behind(s, s.app.own_question(s.actor, month(s)), Some(s.at.area_key))
    }),
    deed("people_behind (claiming another reach)", |s| behind(s, wider(s), None)),
    deed("people_behind (in the network of 2025)", |s| behind(s, past(s), None)),
];
