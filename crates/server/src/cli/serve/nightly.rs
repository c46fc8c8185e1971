//! The thread that makes the backup that is due, while the server runs.

use super::ahead::{Bell, stopped};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tram_app::App;
use tram_app::backup::BackupPlan;

/// Somebody who starts the machine in the morning is not kept waiting for the disk.
const FIRST_LOOK: Duration = Duration::from_secs(5 * 60);
const LOOK: Duration = Duration::from_secs(60);

/// The thread that makes backups, ended with this value.
pub struct Nightly {
    bell: Bell,
    thread: Option<JoinHandle<()>>,
}

impl Nightly {
    pub fn start(app: &Arc<App>, plan: BackupPlan) -> Self {
        let bell = Bell::default();
        let (app, told) = (Arc::clone(app), Arc::clone(&bell));
        let thread = std::thread::spawn(move || {
            if let Err(error) = app.take_back_jobs() {
                tracing::warn!(%error, "jobs were not taken back");
            }
            let mut pause = FIRST_LOOK;
            while !stopped(&told, pause) {
                pause = LOOK;
                match app.nightly_backup(&plan) {
                    Ok(None) => {}
                    Ok(Some(report)) => {
                        let (bytes, facts) = (report.bytes, report.manifest.facts);
                        tracing::info!(bytes, facts, "backed up");
                    }
                    Err(failure) => tracing::error!(?failure, "the backup was not made"),
                }
            }
        });
        Self { bell, thread: Some(thread) }
    }
}

impl Drop for Nightly {
    fn drop(&mut self) {
        super::ahead::ring(&self.bell);
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has said so.
            let _ended = thread.join();
        }
    }
}
