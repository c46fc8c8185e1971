//! Telling systemd that the server is ready, or about to stop: one datagram each, nothing more.

/// Sends a state to whoever started us as a service of `Type=notify`; does nothing otherwise.
pub fn tell(state: &str) {
    #[cfg(target_os = "linux")]
    if let Some(address) = std::env::var_os("NOTIFY_SOCKET")
        && let Err(error) = send(&address, state)
    {
        tracing::warn!(%error, "the service manager was not told");
    }
    #[cfg(not(target_os = "linux"))]
    let _nobody_asks = state;
}

#[cfg(target_os = "linux")]
fn send(address: &std::ffi::OsStr, state: &str) -> std::io::Result<()> {
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::net::{SocketAddr, UnixDatagram};
    let socket = UnixDatagram::unbound()?;
    // A name beginning with @ stands in no folder.
    let address = match address.as_bytes() {
        [b'@', name @ ..] => SocketAddr::from_abstract_name(name)?,
        path => SocketAddr::from_pathname(std::ffi::OsStr::from_bytes(path))?,
    };
    socket.send_to_addr(state.as_bytes(), &address)?;
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::os::unix::net::UnixDatagram;

    #[test]
    fn the_state_arrives() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("notify");
        let socket = UnixDatagram::bind(&path).expect("bound");
        send(path.as_os_str(), "READY=1").expect("sent");
        let mut buffer = [0; 64];
        let got = socket.recv(&mut buffer).expect("received");
        assert_eq!(&buffer[..got], b"READY=1");
    }
}
