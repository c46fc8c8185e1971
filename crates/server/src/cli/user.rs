//! `tram user`: accounts from the command line.

use super::out::print_line;
use super::out::table;
use super::{Common, Ended, Out, find_unit};
use clap::{Args, Subcommand};
use serde_json::json;
use std::io::BufRead;
use tram_app::user::NewUser;
use tram_app::{Failure, Purpose};
use tram_kernel::Message;

#[derive(Args)]
pub struct User {
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(Subcommand)]
enum UserCommand {
    /// Mở tài khoản với một vai trò. Mật khẩu đọc từ dòng nhập đầu tiên.
    Add {
        login: String,
        #[arg(long)]
        name: String,
        /// Mã vai trò trong roles.toml.
        #[arg(long)]
        role: String,
        /// Mã, tên hoặc mã cơ sở của đơn vị; mặc định là đơn vị của máy này.
        #[arg(long)]
        unit: Option<String>,
    },
    /// Liệt kê tài khoản.
    List,
}

impl User {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        match &self.command {
            UserCommand::Add { login, name, role, unit } => {
                let app = common.open(Purpose::Write("tram user"))?;
                let at = match unit {
                    Some(text) => find_unit(&app, text)?,
                    None => app.home()?.ok_or_else(|| Ended::Usage(Message::new("cli-no-home")))?,
                };
                let actor = app.operator(at)?;
                let new = NewUser {
                    login: login.clone(),
                    name: name.clone(),
                    password: read_password(out)?,
                    role: role.clone(),
                    unit: at,
                    from: app.today(),
                    to: None,
                };
                let id = app.add_user(&actor, &new)?;
                out.answer(json!({ "user": id.to_string() }), || {
                    print_line!(
                        "{}",
                        out.words.with("cli-user-added", [("login", login.as_str().into())])
                    );
                });
            }
            UserCommand::List => {
                let app = common.open(Purpose::Read)?;
                let actor = common.operator(&app, None)?;
                let users = app.users(&actor)?;
                let rows: Vec<_> = users
                    .iter()
                    .map(|u| json!({ "login": u.login, "name": u.name, "role": u.role, "unit": u.unit_name }))
                    .collect();
                out.answer(json!({ "users": rows }), || {
                    let cells = |u: &tram_app::user::GrantRow| {
                        vec![u.login.clone(), u.name.clone(), u.role.clone(), u.unit_name.clone()]
                    };
                    let w = out.words;
                    let headings = ["user-login", "user-name", "user-role", "user-unit"];
                    let headings = headings.map(|code| w.say(code).into_owned());
                    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
                    table(&headings, &users.iter().map(cells).collect::<Vec<_>>());
                });
            }
        }
        Ok(Ended::Done)
    }
}

/// The first line of standard input: a password never stands on a command line.
fn read_password(out: &Out) -> Result<String, Ended> {
    out.line(&out.words.say("cli-type-password"));
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.map_err(|_| Ended::Failed(Failure::refused(Message::new("cli-no-password"))))?;
    Ok(line.trim_end_matches(['\n', '\r']).to_owned())
}
