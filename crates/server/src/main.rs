//! `tram`: one program for a station, a regional centre and a province.
//!
//! ```text
//! command line ─► cli/<command> ─► use case ─► words or JSON, exit code
//! browser      ─► http ─► pages ─► use case ─► page
//! ```

mod assets;
mod cli;
mod http;
mod pages;
mod words;

fn main() -> std::process::ExitCode {
    cli::run()
}
