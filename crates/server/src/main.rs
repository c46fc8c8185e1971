//! `tram`: one program for a station, a regional centre and a province.

use mimalloc::MiMalloc;

/// Folding records makes many small things: writing many facts is a sixth faster than with that of the system.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> std::process::ExitCode {
    tram_server::cli::run()
}
