//! Listening, and stopping without losing anything.

use super::request::Server;
use super::{metrics, router};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// A bound address that is about to be served.
pub struct Listening {
    listener: TcpListener,
    pub address: SocketAddr,
}

impl Listening {
    /// Binds a loopback address; port 0 takes a free one.
    pub async fn on(address: SocketAddr) -> std::io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }
}

/// Answers monitoring on an address of its own, as long as the runtime lives.
pub fn serve_metrics(listening: Listening, server: Server) {
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listening.listener, metrics::router(server)).await {
            tracing::error!(%error, "monitoring is not answered any more");
        }
    });
}

/// Serves until the process is asked to stop; then answers what is under way and writes what waits.
pub async fn serve(listening: Listening, server: Server) -> std::io::Result<()> {
    let app = Arc::clone(&server.app);
    let writing = tokio::spawn({
        let app = Arc::clone(&app);
        async move {
            let mut tick = tokio::time::interval(Duration::from_millis(250));
            // Said once: a full disk must not be filled with lines about it.
            let mut met = String::new();
            loop {
                tick.tick().await;
                let app = Arc::clone(&app);
                let written = tokio::task::spawn_blocking(move || app.flush_audit()).await;
                let error = match written {
                    Ok(Err(error)) => error.to_string(),
                    _ => String::new(),
                };
                if error != met && !error.is_empty() {
                    tracing::error!(error, "the audit could not be written; it waits");
                }
                met = error;
            }
        }
    });
    axum::serve(listening.listener, router(server)).with_graceful_shutdown(asked_to_stop()).await?;
    writing.abort();
    tokio::task::spawn_blocking(move || app.flush_audit())
        .await
        .map_err(std::io::Error::other)?
        .map_err(std::io::Error::other)
}

async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let Ok(mut terminate) = terminate else {
            let _stopped = interrupt.await;
            return;
        };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _stopped = interrupt.await;
}
