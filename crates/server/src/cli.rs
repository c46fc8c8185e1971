//! The command line: what an operator types, in words for people and in JSON for programs.
//!
//! Exit codes: 0 done, 1 failure, 2 usage, 3 findings or refused input, 4 somebody else is writing.

mod backup;
mod bench;
mod calendar;
mod defs;
mod demo;
mod doctor;
mod import;
mod indicator;
mod init;
mod log;
mod migrate;
mod out;
mod plan;
mod serve;
mod unit;
mod user;
mod worklist;

pub use out::{Ended, Out};

use crate::words::{Language, Words};
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use tram_app::{Actor, App, Clock, Failure, Location, Purpose};
use tram_kernel::{Message, UnitId};

/// Trạm: hệ thống thông tin y tế cơ sở.
#[derive(Parser)]
#[command(name = "tram", version, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command understands.
#[derive(Parser, Clone)]
pub struct Common {
    /// Nơi chứa dữ liệu: sqlite:ĐƯỜNG-DẪN hoặc postgres://…
    #[arg(long, global = true, env = "TRAM_DB", default_value = "sqlite:tram-data/tram.db")]
    pub db: String,
    /// Ngôn ngữ: vi hoặc en.
    #[arg(long, global = true, env = "TRAM_LANG", default_value = "vi")]
    pub lang: String,
    /// Trả lời bằng JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// Coi hôm nay là ngày này (NĂM-THÁNG-NGÀY, thêm T14:05 để đặt cả giờ).
    #[arg(long, global = true)]
    pub today: Option<Clock>,
    /// Thư mục của máy chủ (tệp nhận dạng khi dùng PostgreSQL).
    #[arg(long, global = true, env = "TRAM_STATE", default_value = "tram-data")]
    pub state: PathBuf,
    /// Ổ đĩa còn ít hơn số MB này thì tạm dừng ghi.
    #[arg(long, global = true, env = "TRAM_KEEP_FREE", value_name = "MB", default_value_t = 200)]
    pub keep_free: u32,
}

#[derive(Subcommand)]
enum Command {
    /// Mở máy chủ web trên máy này.
    Serve(serve::Serve),
    /// Dữ liệu mẫu: một vùng thật với người không có thật, sẵn tài khoản để đăng nhập.
    Demo(demo::Demo),
    /// Đo tốc độ trên chính máy này, bên cạnh SQL viết tay cho cùng việc.
    Bench(bench::Bench),
    /// Lập dữ liệu cho một trạm, một trung tâm khu vực hoặc một tỉnh, từ mã thật.
    Init(init::Init),
    /// Nâng cấu trúc dữ liệu lên bản mới nhất.
    Migrate(migrate::Migrate),
    /// Sao lưu dữ liệu khi máy chủ vẫn chạy, rồi phục hồi thử để chắc là dùng được.
    Backup(backup::Backup),
    /// Phục hồi dữ liệu từ tệp sao lưu vào nơi còn trống.
    Restore(backup::Restore),
    /// Khám máy: dữ liệu, nhật ký, ổ đĩa, đồng hồ, sao lưu; nói cách xử lý.
    Doctor(doctor::Doctor),
    /// Tài khoản và vai trò.
    User(user::User),
    /// Đơn vị và thôn, bản.
    Unit(unit::Unit),
    /// Nhập danh sách dân cư từ tệp Excel hoặc CSV.
    Import(import::Import),
    /// Ghi tệp mẫu Excel để điền danh sách dân cư.
    Template(import::Template),
    /// Danh sách trẻ đến hạn, quá hạn tiêm chủng.
    Worklist(worklist::Worklist),
    /// Chỉ tiêu: tử số, mẫu số, theo thời gian, theo thôn, và danh sách phía sau.
    Indicator(indicator::Indicator),
    /// Lịch làm việc: ngày nghỉ, ngày làm bù, thời hạn.
    Calendar(calendar::Calendar),
    /// Kế hoạch và bảng chỉ tiêu.
    Plan(plan::Plan),
    /// Nhật ký sự kiện: kiểm tra tính toàn vẹn.
    Log(log::Log),
    /// Dựng lại mọi bảng từ nhật ký sự kiện.
    Rebuild,
    /// Luật và danh mục dưới dạng dữ liệu: kiểm tra, áp dụng.
    Defs(defs::Defs),
}

/// Reads the command line and runs it.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _shown = error.print();
            let code = if error.use_stderr() { 2 } else { 0 };
            return ExitCode::from(code);
        }
    };
    let words = Words::of(Language::from_code(&cli.common.lang));
    let out = Out::new(words, cli.common.json);
    let ended = match &cli.command {
        Command::Serve(command) => command.run(&cli.common, &out),
        Command::Demo(command) => command.run(&cli.common, &out),
        Command::Bench(command) => command.run(&cli.common, &out),
        Command::Init(command) => command.run(&cli.common, &out),
        Command::Migrate(command) => command.run(&cli.common, &out),
        Command::Backup(command) => command.run(&cli.common, &out),
        Command::Restore(command) => command.run(&cli.common, &out),
        Command::Doctor(command) => command.run(&cli.common, &out),
        Command::User(command) => command.run(&cli.common, &out),
        Command::Unit(command) => command.run(&cli.common, &out),
        Command::Import(command) => command.run(&cli.common, &out),
        Command::Template(command) => command.run(&cli.common, &out),
        Command::Worklist(command) => command.run(&cli.common, &out),
        Command::Indicator(command) => command.run(&cli.common, &out),
        Command::Calendar(command) => command.run(&cli.common, &out),
        Command::Plan(command) => command.run(&cli.common, &out),
        Command::Log(command) => command.run(&cli.common, &out),
        Command::Rebuild => log::rebuild(&cli.common, &out),
        Command::Defs(command) => command.run(&cli.common, &out),
    };
    out.end(ended)
}

impl Common {
    pub fn clock(&self) -> Clock {
        self.today.unwrap_or_else(Clock::real)
    }

    pub fn location(&self) -> Result<Location, Ended> {
        let bad = || Message::new("cli-bad-db").with("db", self.db.as_str());
        Location::parse(&self.db).ok_or_else(|| Ended::Usage(bad()))
    }

    /// Opens the database for a command.
    pub fn open(&self, purpose: Purpose<'_>) -> Result<App, Ended> {
        let location = self.location()?;
        let app = App::open(&location, purpose, self.clock(), &self.state)
            .map_err(|error| Ended::Failed(Failure::Broken(error)))?;
        app.keep_free(self.keep_free());
        Ok(app)
    }

    /// Bytes of the disk that must stay free.
    pub fn keep_free(&self) -> u64 {
        u64::from(self.keep_free) * 1_024 * 1_024
    }

    /// The operator at a unit: the named one, or the home of this machine.
    pub fn operator(&self, app: &App, named: Option<&str>) -> Result<Actor, Ended> {
        let id = match named {
            Some(text) => find_unit(app, text)?,
            None => app.home()?.ok_or_else(|| Ended::Usage(Message::new("cli-no-home")))?,
        };
        Ok(app.operator(id)?)
    }
}

/// A unit by id, facility code or part of its name; several matches are not guessed between.
pub fn find_unit(app: &App, text: &str) -> Result<UnitId, Ended> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let found = app.search_units(text)?;
    let folded = tram_kernel::text::fold(text);
    let exact: Vec<_> =
        found.iter().filter(|u| tram_kernel::text::fold(&u.name) == folded).collect();
    match (exact.as_slice(), found.as_slice()) {
        ([one], _) => Ok(one.id),
        (_, [one]) => Ok(one.id),
        (_, []) => Err(Ended::Refused(Message::new("cli-unit-unknown").with("name", text))),
        (_, several) => {
            let names: Vec<&str> = several.iter().map(|u| u.name.as_str()).collect();
            let message = Message::new("cli-unit-ambiguous").with("name", text);
            Err(Ended::Refused(message.with("names", names.join("; "))))
        }
    }
}
