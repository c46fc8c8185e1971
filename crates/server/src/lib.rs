//! What people touch: the command line, the web pages, the words.
//!
//! ```text
//! command line ─► cli/<command> ─► use case ─► words or JSON, exit code
//! browser      ─► http ─► pages ─► use case ─► page
//! program      ─► http ─► api   ─► use case ─► JSON
//! ```
//!
//! **Architecture invariant:** nothing here decides. It parses, calls one use case, presents.

mod api;
mod assets;
pub mod cli;
pub mod http;
mod pages;
pub mod words;
