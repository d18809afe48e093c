//! What joining keeps, drops and refuses.

use super::join::join;

const MODULE: &str = "shop.domain.entities";

fn joined(pieces: &[(&str, &str)]) -> String {
    join(pieces, MODULE, "The domain.").unwrap()
}

fn refused(pieces: &[(&str, &str)]) -> String {
    join(pieces, MODULE, "The domain.").unwrap_err().to_string()
}

#[test]
fn pieces_become_one_module() {
    let values = "\"\"\"Values.\"\"\"\n\nfrom __future__ import annotations\n\nimport logging\nfrom dataclasses import dataclass\n\n\
                  logger = logging.getLogger(__name__)\n\n\n@dataclass\nclass Email:\n    # the text\n    text: str\n";
    let users = "\"\"\"Users.\"\"\"\n\nfrom __future__ import annotations\n\nimport logging\nfrom shop.domain.entities import Email\n\
                 from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from dataclasses import dataclass\n\n\
                 # who asks\nlogger = logging.getLogger(__name__)  # once\n\n# A user.\nclass User:\n    email: Email\n";
    let expected = "\"\"\"The domain.\"\"\"\n\nfrom __future__ import annotations\n\nimport logging\nfrom dataclasses import dataclass\n\n\
                    logger = logging.getLogger(__name__)\n\n\n@dataclass\nclass Email:\n    # the text\n    text: str\n\n\n\
                    # who asks\n\n\n# A user.\nclass User:\n    email: Email\n";
    assert_eq!(joined(&[("values", values), ("users", users)]), expected);
}

#[test]
fn every_way_to_import_oneself_is_dropped() {
    for import in [
        "from shop.domain.entities import Email",
        "from shop.domain.entities import (\n    Email,\n)",
        "from .entities import Email",
        "from ..domain.entities import Email",
        "import shop.domain.entities",
        "import shop.domain.entities as own",
        "from shop.domain import entities",
        "from . import entities as own",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop.domain.entities import Email",
        "from shop.domain.entities import Email as Email",
    ] {
        let users = format!("{import}\nimport os\n\nx = os.sep\n");
        let expected = "\"\"\"The domain.\"\"\"\n\nimport os\n\nx = os.sep\n";
        assert_eq!(joined(&[("values", ""), ("users", &users)]), expected, "{import}");
    }
    let others = "from shop.domain import entities_old, values\nfrom shop.domain.values import entities\n\nx = values.y\n";
    assert!(joined(&[("a", others)]).contains(others), "{}", joined(&[("a", others)]));
}

#[test]
fn what_joining_breaks_is_an_error() {
    let cases = [
        (
            "from shop.domain import entities\n\nx = entities.User\n",
            "2:3:5: `entities.User` reaches into `shop.domain.entities`",
        ),
        (
            "import shop.domain.entities\n\nx = shop.domain.entities.User()\n",
            "2:3:5: `shop.domain.entities.User` reaches",
        ),
        ("import shop.domain.entities as own\n\nx = own.User\n", "2:3:5: `own.User` reaches"),
        ("from shop.domain.entities import User as U\n", "2:1:1: imports `User` of its own module"),
        ("def User(): ...\n", "2:1:5: `User` is defined here and in `1`"),
        ("import os\nif os:\n    User = 1\n", "2:3:5: `User` is defined here and in `1`"),
        ("limit = 2\n", "2:1:1: `limit` is defined here and in `1`"),
        (
            "from other import dataclass\n",
            "2:1:1: `dataclass` is imported from `other` here, and from `dataclasses` in `1`",
        ),
        (
            "from other import User\n",
            "1:3:7: `User` is defined here, and imported from another module in `2`",
        ),
        ("x = (\n", "2:2:1: syntax error"),
    ];
    let first = "from dataclasses import dataclass\nlimit = 1\nclass User: ...\n";
    for (second, expected) in cases {
        let message = refused(&[("1", first), ("2", second)]);
        assert!(message.starts_with(expected), "{second}: {message}");
    }
}

#[test]
fn one_piece_may_define_a_name_twice() {
    let piece =
        "try:\n    import x\nexcept ImportError:\n    x = None\n\n\n@overload\ndef f(): ...\ndef f(): ...\n";
    assert!(joined(&[("1", piece), ("2", "y = 1\n")]).contains(piece));
}

#[test]
fn the_docstring_is_written_safely() {
    for (docstring, expected) in [
        ("", "\"\"\"First.\"\"\"\n"),
        ("A \"quote\"", "\"\"\"A \"quote\\\"\"\"\"\n"),
        ("back\\slash", "r\"\"\"back\\slash\"\"\"\n"),
        ("a \"\"\" b", "\"\"\"a \\\"\\\"\\\" b\"\"\"\n"),
    ] {
        let text = join(&[("1", "\"\"\"First.\"\"\"\n")], MODULE, docstring).unwrap();
        assert_eq!(text, expected);
        assert!(super::fault::parse(&text).is_ok(), "{text}");
    }
}
