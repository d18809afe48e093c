//! Names of container images.

/// Why an image is not pinned: the end of the sentence "the image …".
pub(super) fn unpinned(image: &str) -> Option<&'static str> {
    if image.contains("@sha256:") || image.contains('$') {
        return None;
    }
    let last = image.rsplit('/').next().unwrap_or(image);
    match last.split_once(':') {
        None => Some("has no tag"),
        Some((_, "latest")) => Some("has the tag `latest`"),
        Some(_) => None,
    }
}
