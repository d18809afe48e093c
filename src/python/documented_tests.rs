//! What docstrings get.

use std::collections::BTreeMap;

use super::{
    documented::{DocError, Wanted, document},
    example::Part,
    tidy::Tidy,
};
use crate::preset::Example;

const TEXT: &str = r#""""People."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Person:
    """Somebody."""

    name: str

    def greet(self, other: Person | None = None, *rest: "Person") -> str:
        """Say hello.

        Args:
            other: Who is
                greeted.
            *rest: Others.

        Returns:
            The greeting, which is a text with so many words in it that it fills more than a line
            once a type stands before it.
        """
        return self.name


def born(person: Person) -> Iterator[dt.date]:
    """Tell days.

    Yields:
        Days.
    """
    yield dt.date(2000, 1, 1)
"#;

fn example(setup: &str, code: &str, expect: &str) -> Example {
    Example { setup: setup.to_owned(), code: code.to_owned(), expect: expect.to_owned() }
}

fn documented(examples: &[(&str, Example)], types: bool) -> Result<String, DocError> {
    let examples: BTreeMap<String, Example> =
        examples.iter().map(|(name, it)| ((*name).to_owned(), it.clone())).collect();
    let tidy =
        Tidy::new("[tool.ruff]\nline-length = 80\n[tool.ruff.lint]\nselect = ['I']\n", &["shop".into()]);
    let wanted = Wanted { examples: &examples, types };
    document("src/shop/people.py", "shop.people", TEXT, wanted, &tidy.unwrap()).map(|it| it.text)
}

fn has(text: &str, part: &str) {
    assert!(text.contains(part), "{part}\n--- is not in\n{text}");
}

#[test]
fn types_come_from_the_annotations() {
    let text = documented(&[], true).unwrap();
    has(&text, "            other (Person | None): Who is greeted.\n");
    has(&text, "            *rest (Person): Others.\n");
    has(
        &text,
        "        Returns:\n            str: The greeting, which is a text with so many words in it that it\n                fills more than a line once a type stands before it.\n        \"\"\"\n",
    );
    has(&text, "    Yields:\n        dt.date: Days.\n    \"\"\"\n");
    assert_eq!(documented(&[], false).unwrap(), TEXT);
}

#[test]
fn an_example_is_shown_and_run() {
    let code = "person = Person(name='Ada')\nfor _ in range(2):\n    person.greet()\nperson.greet()";
    let text = documented(&[("Person", example("x = 1", code, "'Ada'\n"))], false).unwrap();
    let expected = r#"class Person:
    """Somebody.

    Example:
        ```python
        from shop.people import Person

        person = Person(name="Ada")
        for _ in range(2):
            person.greet()
        person.greet()
        # 'Ada'
        ```

        <!-- As a doctest:
        >>> x = 1
        >>> person = Person(name="Ada")
        >>> for _ in range(2):
        ...     person.greet()
        >>> person.greet()
        'Ada'

        -->
    """

    name: str
"#;
    has(&text, expected);
}

#[test]
fn a_reader_sees_the_imports_and_the_test_has_those_it_lacks() {
    let code = "import os\n\ndays: Iterator[dt.date] = born(Person(os.sep))\nnext(days)";
    let text = documented(&[("born", example("", code, "datetime.date(2000, 1, 1)"))], true).unwrap();
    let shown = "import datetime as dt\n        import os\n        from collections.abc import Iterator\n\n        from shop.people import Person, born\n";
    has(&text, shown);
    has(&text, ">>> import os\n        >>> from collections.abc import Iterator\n        >>> days");
}

#[test]
fn backslashes_make_a_docstring_raw() {
    let text = documented(&[("Person", example("", "Person('\\n').name", "'\\n'"))], false).unwrap();
    has(&text, "    r\"\"\"Somebody.\n");
    has(&text, ">>> Person(\"\\n\").name\n");
}

#[test]
fn quotes_of_an_example_do_not_end_the_docstring() {
    let code = "class Dog(Person):\n    \"\"\"Barks.\"\"\"\n\nDog('Rex').name";
    let text = documented(&[("Person", example("", code, "'Rex'"))], false).unwrap();
    has(&text, "        >>> class Dog(Person):\n        ...     '''Barks.'''\n        >>> Dog(");
}

#[test]
fn what_is_no_python_is_refused_in_its_place() {
    let cases = [
        (example("a = (", "b", ""), Part::Setup, 1),
        (example("", "a\nb = = 1", ""), Part::Code, 2),
        (example("", "a = 1\nb = '-->'", ""), Part::Code, 2),
        (example("", "a = '''b'''", ""), Part::Code, 1),
        (example("", "a", "x\n\"\"\""), Part::Expect, 2),
    ];
    for (case, part, line) in cases {
        match documented(&[("Person", case)], false) {
            Err(DocError::Example { name, part: found, fault }) => {
                assert_eq!((name.as_str(), found, fault.line), ("Person", part, line));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn an_example_without_its_definition_is_left_out() {
    assert_eq!(documented(&[("Persona", example("", "1", "1"))], false).unwrap(), TEXT);
}
