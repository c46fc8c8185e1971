//! `tram unit`: searching the network and showing one unit.

use super::out::print_line;
use super::out::table;
use super::{Common, Ended, Out, find_unit};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use tram_app::Purpose;
use tram_app::unit::UnitPage;
use tram_kernel::day;

#[derive(Args)]
pub struct Unit {
    #[command(subcommand)]
    command: UnitCommand,
}

#[derive(Subcommand)]
enum UnitCommand {
    /// Tìm đơn vị trong dữ liệu, và xã trong danh mục, theo tên (không cần dấu) hoặc mã.
    Search { text: String },
    /// Một đơn vị: quan hệ có thời hạn, thôn bản phụ trách. Hoặc một mã xã, mới hay cũ.
    Show { unit: String },
}

impl Unit {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        match &self.command {
            UnitCommand::Search { text } => search(common, out, text),
            UnitCommand::Show { unit } => show(common, out, unit),
        }
    }
}

fn search(common: &Common, out: &Out, text: &str) -> Result<Ended, Ended> {
    // The list of communes is in the program: it answers without a database.
    let app = common.open(Purpose::Read).ok();
    let units = match &app {
        Some(app) => app.search_units(text)?,
        None => Vec::new(),
    };
    let defs = tram_app::definitions::built_in();
    let places = defs.places();
    let communes = places.search(text, 30);
    let today = common.clock().today();
    let province = |c: &tram_defs::place::Commune| {
        let on = c.valid_to.unwrap_or(today);
        places.province(c.province, on).map(|p| p.name.clone()).unwrap_or_default()
    };
    let unit_rows: Vec<Value> = units
        .iter()
        .map(|u| json!({ "id": u.id.to_string(), "name": u.name, "kind": u.kind.code() }))
        .collect();
    let commune_rows: Vec<Value> = communes
        .iter()
        .map(|c| {
            json!({
                "code": c.code.to_string(),
                "name": c.full_name(),
                "province": province(c),
                "valid_from": c.valid_from.map(|d| d.to_string()),
                "valid_to": c.valid_to.map(|d| d.to_string()),
            })
        })
        .collect();
    out.answer(json!({ "units": unit_rows, "communes": commune_rows }), || {
        let w = out.words;
        if !units.is_empty() {
            let rows: Vec<Vec<String>> = units
                .iter()
                .map(|u| {
                    let kind = w.say(&format!("unit-kind-{}", u.kind.code())).into_owned();
                    vec![u.name.clone(), kind, u.id.to_string()]
                })
                .collect();
            table(&[&w.say("unit-name"), &w.say("unit-kind"), "id"], &rows);
            print_line!("");
        }
        let rows: Vec<Vec<String>> = communes
            .iter()
            .map(|c| {
                let until = c.valid_to.map_or_else(String::new, day::show);
                vec![c.code.to_string(), c.full_name(), province(c), until]
            })
            .collect();
        let headings = ["place-code", "place-name", "place-province", "place-until"];
        let headings = headings.map(|code| w.say(code).into_owned());
        table(&headings.iter().map(String::as_str).collect::<Vec<_>>(), &rows);
    });
    Ok(Ended::Done)
}

fn show(common: &Common, out: &Out, text: &str) -> Result<Ended, Ended> {
    if let Ok(code) = text.parse::<tram_kernel::CommuneCode>() {
        return show_commune(common, out, code);
    }
    let app = common.open(Purpose::Read)?;
    let page = app.show_unit(find_unit(&app, text)?)?;
    out.answer(as_json(&page), || print(out, &page));
    Ok(Ended::Done)
}

fn as_json(page: &UnitPage) -> Value {
    let relations = |rows: &[tram_app::unit::RelationRow]| -> Vec<Value> {
        rows.iter()
            .map(|r| {
                json!({
                    "kind": r.kind,
                    "unit": r.other.name,
                    "id": r.other.id.to_string(),
                    "from": r.from.to_string(),
                    "to": r.to.map(|d| d.to_string()),
                })
            })
            .collect()
    };
    let areas: Vec<Value> =
        page.areas.iter().map(|a| json!({ "id": a.id.to_string(), "name": a.name })).collect();
    json!({
        "id": page.unit.id.to_string(),
        "name": page.unit.name,
        "kind": page.unit.kind.code(),
        "commune": page.unit.commune.map(|c| c.to_string()),
        "commune_name": page.commune_name,
        "parents": relations(&page.parents),
        "children": relations(&page.children),
        "areas": areas,
    })
}

fn print(out: &Out, page: &UnitPage) {
    let w = out.words;
    print_line!("{}  ({})", page.unit.name, w.say(&format!("unit-kind-{}", page.unit.kind.code())));
    if let Some(commune) = &page.commune_name {
        print_line!("{commune}");
    }
    for (title, rows) in [("unit-parents", &page.parents), ("unit-children", &page.children)] {
        if rows.is_empty() {
            continue;
        }
        print_line!("\n{}", w.say(title));
        for r in rows {
            let to = r.to.map_or_else(String::new, |to| format!(" → {}", day::show(to)));
            let kind = w.say(&format!("relation-{}", r.kind));
            print_line!("  {kind}: {} ({}{to})", r.other.name, day::show(r.from));
        }
    }
    if !page.areas.is_empty() {
        print_line!("\n{}", w.with("unit-areas", [("n", page.areas.len().into())]));
        for area in &page.areas {
            print_line!("  {}", area.name);
        }
    }
}

/// A commune code in every period it was used, with what became of it or what it came from.
fn show_commune(
    common: &Common,
    out: &Out,
    code: tram_kernel::CommuneCode,
) -> Result<Ended, Ended> {
    use tram_defs::place::Successor;
    let defs = tram_app::definitions::built_in();
    let places = defs.places();
    let found: Vec<_> = places.communes().iter().filter(|c| c.code == code).collect();
    if found.is_empty() {
        let message = tram_kernel::Message::new("cli-unit-unknown").with("name", code.to_string());
        return Err(Ended::Refused(message));
    }
    let today = common.clock().today();
    let name = |code: tram_kernel::CommuneCode, on| {
        places.commune(code, on).map_or_else(|| code.to_string(), |c| c.full_name())
    };
    let last_old = "2025-06-30".parse().unwrap_or(today);
    let rows: Vec<Value> = found
        .iter()
        .map(|c| {
            let successor = match places.successor(c.code) {
                Successor::Whole(to) => json!({ "kind": "whole", "to": [name(to, today)] }),
                Successor::Candidates(to) => {
                    let names: Vec<String> = to.iter().map(|to| name(*to, today)).collect();
                    json!({ "kind": "candidates", "to": names })
                }
                Successor::Unresolved(why) => json!({ "kind": "unresolved", "reason": why }),
            };
            let old = c.valid_from.is_none();
            let from: Vec<String> = if old {
                Vec::new()
            } else {
                places.predecessors(c.code).iter().map(|(p, _)| name(*p, last_old)).collect()
            };
            json!({
                "code": c.code.to_string(),
                "name": c.full_name(),
                "valid_from": c.valid_from.map(|d| d.to_string()),
                "valid_to": c.valid_to.map(|d| d.to_string()),
                "became": if old { successor } else { Value::Null },
                "from": from,
            })
        })
        .collect();
    out.answer(json!({ "communes": rows.clone() }), || {
        for row in &rows {
            let text = |key: &str| row[key].as_str().unwrap_or("…").to_owned();
            print_line!(
                "{} {}  ({} – {})",
                text("code"),
                text("name"),
                text("valid_from"),
                text("valid_to")
            );
            if let Some(to) = row["became"]["to"].as_array() {
                let names: Vec<&str> = to.iter().filter_map(Value::as_str).collect();
                print_line!("  → {}", names.join("; "));
            }
            if let Some(from) = row["from"].as_array().filter(|from| !from.is_empty()) {
                let names: Vec<&str> = from.iter().filter_map(Value::as_str).collect();
                print_line!("  ← {}", names.join("; "));
            }
        }
    });
    Ok(Ended::Done)
}
