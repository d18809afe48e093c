//! What the system says about this process.

use std::{fs::File, io::Read};

/// More than the whole text takes, in bytes. The system makes it anew for every part that is read.
const LENGTH: usize = 8 << 10;

/// A field of `/proc/self/status`. `None` where there is no such thing.
pub(super) fn field(name: &str) -> Option<String> {
    let mut text = String::with_capacity(LENGTH);
    File::open("/proc/self/status").ok()?.read_to_string(&mut text).ok()?;
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    Some(value.trim().to_owned())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_their_whole_name() {
        assert_eq!(field("Pid"), Some(std::process::id().to_string()));
        assert_eq!(field("Pi"), None);
    }
}
