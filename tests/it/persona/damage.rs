//! Damaged, broken and hostile documents.

use super::common::{LANTERN, bytes, facts, summary, values};
use scaffold::facts::Field::*;
use scaffold::persona::{MAX_BYTES, Refused, Vocabulary, read};

/// The text as UTF-8 that was read as windows-1252 and stored again.
fn twice(text: &str) -> String {
    let high: Vec<char> = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ".chars().collect();
    let letter = |byte: u8| match byte {
        0x80..=0x9f => high[usize::from(byte) - 0x80],
        other => char::from(other),
    };
    text.bytes().map(letter).collect()
}

#[test]
fn every_encoding_and_line_end_gives_the_same_facts() {
    let expected = summary(&facts(LANTERN));
    let utf16 = |encode: fn(u16) -> [u8; 2], mark: &[u8]| {
        let mut out = mark.to_vec();
        out.extend(LANTERN.encode_utf16().flat_map(encode));
        out
    };
    let mut marked = vec![0xef, 0xbb, 0xbf];
    marked.extend(LANTERN.as_bytes());
    for (name, copy) in [
        ("CRLF", LANTERN.replace('\n', "\r\n").into_bytes()),
        ("CR", LANTERN.replace('\n', "\r").into_bytes()),
        ("BOM", marked),
        ("UTF-16LE", utf16(u16::to_le_bytes, &[0xff, 0xfe])),
        ("UTF-16BE", utf16(u16::to_be_bytes, &[0xfe, 0xff])),
        ("UTF-16LE without a mark", utf16(u16::to_le_bytes, &[])),
        ("double encoding", twice(LANTERN).into_bytes()),
        ("trailing blanks", LANTERN.replace('\n', "  \n").into_bytes()),
        ("tabs", LANTERN.replace("    ", "\t").into_bytes()),
        ("no last line end", LANTERN.trim_end().as_bytes().to_vec()),
    ] {
        assert_eq!(summary(&bytes(&copy)), expected, "{name}");
    }
}

#[test]
fn front_matter_may_be_broken() {
    let body = "# Python\n\n- **Package manager**: uv\n";
    for front in ["---\nname: [\n---\n", "---\nname: a\n", "---\n", "---\r\n: : :\n\t- x\n---\n\n", "---\n\n"]
    {
        let facts = facts(&format!("{front}{body}"));
        assert_eq!(values(&facts, PackageManager), ["uv"], "{front:?}");
    }
}

#[test]
fn fences_may_be_nested_and_open() {
    let nested = "# Python\n\n````markdown\n# Inner\n\n```toml\n[tool.ruff]\nline-length = 90\n```\n````\n\n- Database: MySQL\n";
    let found = facts(nested);
    assert_eq!(
        (values(&found, LineLength), values(&found, Database)),
        (vec!["90".into()], vec!["mysql".into()])
    );
    let loose = "# Python\n\n```markdown\n## Tree\n```\nsrc/\n├── a.py\n├── b/\n│   └── c.py\n└── d.py\n```\n\n- Database: MySQL\n```\n";
    let found = facts(loose);
    assert_eq!(values(&found, Database), ["mysql"]);
    assert_eq!(found.tree.map(|tree| tree.entries.len()), Some(5));
    let open = facts("# Python\n\n```toml\n[tool.mypy]\nstrict = true");
    assert_eq!(values(&open, TypeCheckerStrict), ["true"]);
    let docstring = "# Python\n\n```python\ndef a():\n    \"\"\"\n    ```python\n    x\n    ```\n    \"\"\"\n```\n\n- Database: MySQL\n";
    assert_eq!(values(&facts(docstring), Database), ["mysql"]);
}

#[test]
fn toml_gives_what_parses() {
    let invalid = "# Python\n\n```toml\nfastapi >= 0.115\nline == bad\n[tool.ruff]\nline-length = 99\nselect = [\"E\",\n  \"F\"]\n[tool.ruff]\nbad = = 1\n[tool.mypy]\nstrict = true\n```\n";
    let found = facts(invalid);
    assert_eq!(values(&found, LineLength), ["99"]);
    assert_eq!(found.of(LineLength)[0].lines, [7]);
    assert_eq!(values(&found, RuffSelect), ["E", "F"]);
    assert_eq!(found.of(RuffSelect)[1].lines, [9]);
    assert_eq!(values(&found, TypeCheckerStrict), ["true"]);
    assert!(values(&found, Package).contains(&"fastapi".to_owned()));
    let wrong = "# Python\n\n```python\n# pyproject.toml\n[tool.black]\nline-length = 79\n```\n";
    assert_eq!(values(&facts(wrong), Formatter), ["black"]);
}

#[test]
fn template_text_is_text() {
    let found = facts("# {{ 7*7 }} Python\n\n{% include \"/etc/passwd\" %} uses pytest, {{ SECRET }}\n");
    assert_eq!(values(&found, TestFramework), ["pytest"]);
    assert!(!summary(&found).contains("49"));
}

#[test]
fn sizes_have_limits() {
    assert!(facts("").settled.is_empty());
    let large = vec![b'a'; MAX_BYTES + 1];
    let outcome = read(&large, &Vocabulary::built_in());
    assert_eq!(outcome, Err(Refused::TooLarge { size: MAX_BYTES + 1 }));
    let long = format!("# Python\n\n{}\n- Database: MySQL\n", "lamp and wick ".repeat(80_000));
    let started = std::time::Instant::now();
    assert_eq!(values(&facts(&long), Database), ["mysql"]);
    assert!(started.elapsed().as_secs() < 20, "a megabyte took {:?}", started.elapsed());
}
