//! `tram`: one program for a station, a regional centre and a province.

fn main() -> std::process::ExitCode {
    tram_server::cli::run()
}
