//! The threads that count indicators ahead of the pages, and again behind them, while the server runs.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use tram_app::App;

/// Says to a waiting thread that the end is near.
pub type Bell = Arc<(Mutex<bool>, Condvar)>;

/// The threads that count ahead and again, ended with this value.
pub struct Ahead {
    stop: Bell,
    threads: Vec<JoinHandle<()>>,
}

/// First the pages that are asked for at once, then a look at this often.
const FIRST_LOOK: Duration = Duration::from_millis(1_500);
const LOOK: Duration = Duration::from_secs(30);

impl Ahead {
    pub fn start(app: &Arc<App>) -> Self {
        let (stop, app_again) = (Bell::default(), Arc::clone(app));
        let (app, told) = (Arc::clone(app), Arc::clone(&stop));
        let thread = std::thread::spawn(move || {
            let (mut counted, mut pause) = (None, FIRST_LOOK);
            while !stopped(&told, pause) {
                pause = LOOK;
                let goes_on = || !stopped(&told, Duration::ZERO);
                let done = app.changes_counted().and_then(|changes| {
                    if counted != Some((changes, app.today())) {
                        app.count_ahead(&goes_on)?;
                        counted = Some((changes, app.today()));
                    }
                    Ok(())
                });
                if let Err(failure) = done {
                    tracing::warn!(?failure, "numbers were not counted ahead");
                }
            }
        });
        Self { threads: vec![thread, again(&app_again, &stop)], stop }
    }
}

/// Counts again what is being looked at.
fn again(app: &Arc<App>, stop: &Bell) -> JoinHandle<()> {
    app.serve_lately();
    let (app, told) = (Arc::clone(app), Arc::clone(stop));
    std::thread::spawn(move || app.keep_counting(&|pause| stopped(&told, pause)))
}

/// Waits so long, or until the end is near.
pub fn stopped((stop, changed): &(Mutex<bool>, Condvar), pause: Duration) -> bool {
    let stop = stop.lock().unwrap_or_else(PoisonError::into_inner);
    let waited = changed.wait_timeout_while(stop, pause, |stop| !*stop);
    *waited.unwrap_or_else(PoisonError::into_inner).0
}

/// Wakes the thread that waits.
pub fn ring((stop, changed): &(Mutex<bool>, Condvar)) {
    *stop.lock().unwrap_or_else(PoisonError::into_inner) = true;
    changed.notify_all();
}

impl Drop for Ahead {
    fn drop(&mut self) {
        ring(&self.stop);
        for thread in self.threads.drain(..) {
            // A thread that panicked has said so.
            let _ended = thread.join();
        }
    }
}
