//! Files kept by the hash of their content: the same file twice is one file.

use crate::error::Result;
use crate::sql::{Row, Sql};
use crate::vals;
use sha2::{Digest, Sha256};

crate::statements! {
    PUT = "INSERT INTO attachment (sha256, size, media, bytes, at) VALUES (?1, ?2, ?3, ?4, ?5)
           ON CONFLICT (sha256) DO NOTHING";
    GET = "SELECT bytes FROM attachment WHERE sha256 = ?1";
}

/// Keeps a file and answers its SHA-256.
pub fn put(sql: &mut dyn Sql, bytes: &[u8], media: &str, now_ms: i64) -> Result<[u8; 32]> {
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    sql.exec(PUT, &vals![hash, bytes.len(), media, bytes, now_ms])?;
    Ok(hash)
}

/// A file by its hash; content that no longer has this hash is not handed out.
pub fn get(sql: &mut dyn Sql, sha256: &[u8]) -> Result<Option<Vec<u8>>> {
    let bytes = sql.one(GET, &vals![sha256], Row::blob)?;
    Ok(bytes.filter(|bytes| Sha256::digest(bytes).as_slice() == sha256))
}
