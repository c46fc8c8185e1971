//! `tram serve`: the web server of this machine.

mod ahead;

use self::ahead::Ahead;
use super::out::print_line;
use super::{Common, Ended, Out};
use crate::http::{Listening, Server, serve};
use clap::Args;
use std::net::SocketAddr;
use std::sync::Arc;
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
}

impl Serve {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        self.check()?;
        let app = common.open(Purpose::Write("tram serve"))?;
        self.serve(app, out)
    }

    /// Only this machine may listen until there is TLS.
    pub fn check(&self) -> Result<(), Ended> {
        if self.listen.ip().is_loopback() {
            return Ok(());
        }
        let address = self.listen.to_string();
        Err(Ended::Usage(Message::new("cli-only-loopback").with("address", address)))
    }

    /// Serves an opened database until it is stopped. [`Serve::check`] comes before the opening.
    pub fn serve(&self, app: App, out: &Out) -> Result<Ended, Ended> {
        start_log();
        if app.was_restored() {
            out.line(&out.words.say("cli-restored"));
        }
        let demo = app.is_demo()?;
        // Held here too: a database connection may only be closed outside the runtime.
        let app = Arc::new(app);
        let ahead = Ahead::start(&app);
        let server = Server { app: Arc::clone(&app), demo, secure: self.behind_tls };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(32)
            .enable_all()
            .build()
            .map_err(broken)?;
        let served: std::io::Result<()> = runtime.block_on(async {
            let listening = Listening::on(self.listen).await?;
            let url = format!("http://{}/", listening.address);
            out.answer(serde_json::json!({ "url": url }), || {
                print_line!("{}", out.words.with("cli-serving", [("url", url.clone().into())]));
            });
            serve(listening, server).await
        });
        drop(runtime);
        drop(ahead);
        drop(app);
        served.map_err(broken)?;
        Ok(Ended::Done)
    }
}

fn broken(error: std::io::Error) -> Ended {
    Ended::Failed(Failure::Broken(StoreError::Engine(error.to_string())))
}

/// Logs to standard error; `TRAM_LOG` chooses what (default: warnings).
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("TRAM_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let started = tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
    drop(started);
}
