//! `tram serve`: the web server of this machine.

mod ahead;
mod logfile;
mod nightly;
mod notify;

use self::ahead::Ahead;
use self::logfile::LogFile;
use self::nightly::Nightly;
use super::backup::default_folder;
use super::out::print_line;
use super::{Common, Ended, Out};
use crate::http::{Listening, Server, serve, serve_metrics};
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tram_app::backup::BackupPlan;
use tram_app::{App, Failure, Purpose, StoreError};
use tram_kernel::Message;

#[derive(Args)]
pub struct Serve {
    /// Địa chỉ nghe; chỉ nhận địa chỉ của chính máy này.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Đứng sau một máy chủ TLS: cookie chỉ gửi qua HTTPS.
    #[arg(long)]
    pub behind_tls: bool,
    /// Địa chỉ cho chương trình giám sát đọc /metrics; chỉ nhận địa chỉ của chính máy này.
    #[arg(long, env = "TRAM_METRICS")]
    pub metrics: Option<SocketAddr>,
    /// Nhật ký kỹ thuật ghi vào tệp này thay vì ra màn hình.
    #[arg(long, env = "TRAM_LOG_FILE")]
    pub log_file: Option<PathBuf>,
    /// Số tệp nhật ký kỹ thuật cũ được giữ.
    #[arg(long, env = "TRAM_LOG_KEEP", default_value_t = 30)]
    pub log_keep: usize,
    /// Tệp nhật ký kỹ thuật dài hơn số MB này thì sang tệp mới.
    #[arg(long, env = "TRAM_LOG_MAX", value_name = "MB", default_value_t = 20)]
    pub log_max: u32,
    /// Thư mục sao lưu tự động; mặc định là thư mục sao-luu cạnh dữ liệu.
    #[arg(long, env = "TRAM_BACKUP_DIR")]
    pub backup_to: Option<PathBuf>,
    /// Giờ sao lưu tự động; máy tắt lúc đó thì làm khi mở lại.
    #[arg(long, env = "TRAM_BACKUP_AT", default_value = "22:00", value_parser = time_of_day)]
    pub backup_at: u16,
    /// Số bản sao lưu tự động được giữ.
    #[arg(long, env = "TRAM_BACKUP_KEEP", default_value_t = 14)]
    pub backup_keep: usize,
    /// Bản sao lưu cũ hơn số ngày này thì màn hình cảnh báo.
    #[arg(long, env = "TRAM_BACKUP_WARN_DAYS", default_value_t = 3)]
    pub backup_warn_days: u16,
    /// Không tự sao lưu.
    #[arg(long)]
    pub no_backup: bool,
}

/// Minutes since midnight of `22:00` or `22h`.
fn time_of_day(typed: &str) -> Result<u16, String> {
    tram_kernel::moment::parse_time(typed).ok_or_else(|| format!("{typed}: 22:00, 22h30 …"))
}

impl Serve {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        self.check()?;
        let app = common.open(Purpose::Write("tram serve"))?;
        self.serve(app, common, out)
    }

    /// Only this machine may listen until there is TLS.
    pub fn check(&self) -> Result<(), Ended> {
        let addresses = [Some(self.listen), self.metrics];
        match addresses.into_iter().flatten().find(|address| !address.ip().is_loopback()) {
            None => Ok(()),
            Some(address) => {
                let address = address.to_string();
                Err(Ended::Usage(Message::new("cli-only-loopback").with("address", address)))
            }
        }
    }

    /// The backups this server makes by itself: none of people who do not exist.
    fn plan(&self, common: &Common, demo: bool) -> Result<Option<BackupPlan>, Ended> {
        if demo || self.no_backup {
            return Ok(None);
        }
        let place = default_folder(&common.location()?, common);
        Ok(Some(BackupPlan {
            folder: self.backup_to.clone().unwrap_or(place),
            at: self.backup_at,
            keep: self.backup_keep,
            warn_days: self.backup_warn_days,
        }))
    }

    /// Serves an opened database until it is stopped. [`Serve::check`] comes before the opening.
    pub fn serve(&self, app: App, common: &Common, out: &Out) -> Result<Ended, Ended> {
        self.start_log(common)?;
        if app.was_restored() {
            out.line(&out.words.say("cli-restored"));
        }
        if app.was_unclean() {
            tracing::warn!("the last program that wrote here did not close");
        }
        let demo = app.is_demo()?;
        let plan = self.plan(common, demo)?;
        // Held here too: a database connection may only be closed outside the runtime.
        let app = Arc::new(app);
        let ahead = Ahead::start(&app);
        let nightly = plan.clone().map(|plan| Nightly::start(&app, plan));
        let server = Server {
            app: Arc::clone(&app),
            demo,
            secure: self.behind_tls,
            meter: Arc::default(),
            backup: plan.map(Arc::new),
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(32)
            .enable_all()
            .build()
            .map_err(broken)?;
        let served: std::io::Result<()> = runtime.block_on(async {
            let listening = Listening::on(self.listen).await?;
            let url = format!("http://{}/", listening.address);
            if let Some(address) = self.metrics {
                serve_metrics(Listening::on(address).await?, server.clone());
            }
            out.answer(serde_json::json!({ "url": url }), || {
                print_line!("{}", out.words.with("cli-serving", [("url", url.clone().into())]));
            });
            notify::tell("READY=1");
            serve(listening, server).await
        });
        notify::tell("STOPPING=1");
        drop(runtime);
        drop(nightly);
        drop(ahead);
        drop(app);
        served.map_err(broken)?;
        Ok(Ended::Done)
    }

    /// Logs to standard error, or to a file; `TRAM_LOG` chooses what (default: warnings).
    fn start_log(&self, common: &Common) -> Result<(), Ended> {
        let filter = tracing_subscriber::EnvFilter::try_from_env("TRAM_LOG")
            .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
        let log = tracing_subscriber::fmt().json().with_env_filter(filter);
        let started = match &self.log_file {
            None => log.with_writer(std::io::stderr).try_init(),
            Some(path) => {
                let most = u64::from(self.log_max.max(1)) * 1_024 * 1_024;
                let file = LogFile::open(path, common.clock(), most, self.log_keep);
                let file = file.map_err(|error| {
                    let path = path.display().to_string();
                    let message = Message::new("cli-file").with("path", path);
                    Ended::Refused(message.with("detail", error.to_string()))
                })?;
                log.with_writer(std::sync::Mutex::new(file)).try_init()
            }
        };
        // A log that was started before in this process stays.
        drop(started);
        Ok(())
    }
}

fn broken(error: std::io::Error) -> Ended {
    Ended::Failed(Failure::Broken(StoreError::Engine(error.to_string())))
}
