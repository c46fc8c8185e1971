//! The stock book.
