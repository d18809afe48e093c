//! Things named by a phrase: architecture, docstring style, layout, strictness, image stages, health checks.

use super::document::{Document, Kind, item_text};
use super::evidence::{Evidence, weight};
use super::place::Stance;
use super::vocabulary::Vocabulary;
use super::{limits, numbers, words};
use crate::facts::{Field, Value};

/// Reads every line of text.
pub fn read(document: &Document<'_>, stances: &[Stance], vocabulary: &Vocabulary, evidence: &mut Evidence) {
    for (index, line) in document.lines.iter().enumerate() {
        let stance = stances.get(line.section).copied().unwrap_or(Stance::Normal);
        if stance == Stance::Ignore {
            continue;
        }
        let text = line.text.trim();
        let scale = match line.kind {
            Kind::Front if text.starts_with("description:") => weight::ASIDE,
            Kind::Heading(_) | Kind::Text => weight::PROSE,
            Kind::Item => weight::ITEM,
            Kind::Row(_) => weight::LABELLED,
            Kind::Blank | Kind::Code(_) | Kind::Silent | Kind::Front => continue,
        };
        let heading = document.title(line.section);
        for piece in super::pieces(text) {
            let bad = vocabulary
                .bad_marks
                .iter()
                .any(|mark| item_text(piece).unwrap_or(piece).starts_with(mark.as_str()));
            if stance == Stance::Normal && !bad {
                numbers::read(piece, heading, index + 1, scale, evidence);
                limits::read(piece, index + 1, scale, evidence);
                phrases(piece, heading, index + 1, scale, vocabulary, evidence);
            }
        }
    }
}

/// Reads the phrases of one piece of text.
pub fn phrases(
    text: &str,
    heading: &str,
    line: usize,
    scale: u32,
    vocabulary: &Vocabulary,
    evidence: &mut Evidence,
) {
    let lower = words::plain(text).to_lowercase().replace('_', "-");
    let architecture = vocabulary.architectures.iter().find(|(phrase, _)| lower.contains(phrase.as_str()));
    if let Some((_, name)) = architecture {
        evidence.wants(Field::Architecture, name.as_str(), scale, line);
    }
    staged_image(text, line, scale, evidence);
    docstrings(&lower, heading, line, scale, evidence);
    layout(&lower, line, scale, evidence);
    strict(&lower, line, scale, evidence);
    image(&lower, line, scale, evidence);
    health(text, &lower, line, scale, evidence);
    logging(&lower, heading, line, scale, evidence);
}

/// An image in backticks behind a label of its stage.
fn staged_image(text: &str, line: usize, scale: u32, evidence: &mut Evidence) {
    let bare = text.trim_start_matches(['|', '-', '*', ' ']);
    let Some(end) = bare.find(['|', ':']).filter(|end| *end < 40) else { return };
    let label = words::plain(&bare[..end]).to_lowercase();
    let stage = label.trim_end_matches("image").trim_end_matches("stage").trim();
    let field = match stage {
        "builder" | "build" | "сборка" => Field::Builder,
        "runtime" | "final" | "production" | "run" => Field::Runtime,
        _ => return,
    };
    let image = bare[end..]
        .split('`')
        .skip(1)
        .step_by(2)
        .find(|span| !span.contains(' ') && span.contains([':', '/']) && !span.starts_with(['/', '.']));
    if let Some(image) = image {
        evidence.wants(field, image, scale, line);
    }
}

/// Styles named on a line that speaks of docstrings; several are options.
fn docstrings(lower: &str, heading: &str, line: usize, scale: u32, evidence: &mut Evidence) {
    let heading = heading.to_lowercase();
    let subjects = ["docstring", "文档字符串", "ドキュメント文字列"];
    if !subjects.iter().any(|subject| lower.contains(subject) || heading.contains(subject)) {
        return;
    }
    let words = words::cut(lower);
    let styles = words.iter().filter_map(|word| match word.normal.as_ref() {
        "google" | "google-style" => Some("google"),
        "numpy" | "numpy-style" | "numpydoc" => Some("numpy"),
        "sphinx" | "sphinx-style" | "rest" | "rest-style" | "restructuredtext" | "rst" => Some("rest"),
        _ => None,
    });
    for style in styles {
        evidence.add(super::evidence::Found {
            field: Field::DocstringStyle,
            value: Value::from(style),
            polarity: crate::facts::Polarity::Use,
            strength: crate::facts::Strength::Should,
            weight: scale,
            line,
            options: Some(line),
        });
    }
}

fn layout(lower: &str, line: usize, scale: u32, evidence: &mut Evidence) {
    for (layout, spellings) in [
        (
            "src",
            [
                "src layout",
                "src-layout",
                "src/ layout",
                "`src` layout",
                "src 布局",
                "src/ directory structure",
            ],
        ),
        (
            "flat",
            [
                "flat layout",
                "flat-layout",
                "flat package layout",
                "flat project layout",
                "flat structure",
                "flat 布局",
            ],
        ),
    ] {
        if spellings.iter().any(|spelling| lower.contains(spelling)) {
            evidence.wants(Field::Layout, layout, scale, line);
            return;
        }
    }
    let source = lower.find("src/").filter(|at| {
        !lower[..*at].ends_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '.' | '-'))
    });
    if let Some(at) = source {
        let rest = &lower[at + 4..];
        let word: usize = rest
            .chars()
            .take_while(|letter| {
                letter.is_alphanumeric() || matches!(letter, '_' | '{' | '}' | '<' | '>' | '-')
            })
            .map(char::len_utf8)
            .sum();
        let deep = word > 0 && rest[word..].starts_with('/');
        let said = ["layout", "レイアウト", "布局", "структур", "arborescence", "estructura", "estrutura"]
            .iter()
            .any(|name| lower.contains(name));
        if deep || said {
            evidence.wants(Field::Layout, "src", weight::COMMENT, line);
        }
    }
}

fn strict(lower: &str, line: usize, scale: u32, evidence: &mut Evidence) {
    let checked = [
        "strict type check",
        "strict type-check",
        "strict型チェック",
        "严格类型检查",
        "строгая проверка типов",
    ];
    if checked.iter().any(|phrase| lower.contains(phrase)) {
        evidence.wants(Field::TypeCheckerStrict, Value::Flag(true), scale, line);
    }
    let Some(at) = lower.find("mypy").or_else(|| lower.find("pyright")) else { return };
    let near = ["strict", "строг", "严格", "estrito", "estricto"]
        .iter()
        .any(|word| lower.match_indices(word).any(|(found, _)| found.abs_diff(at) < 40));
    if near && !lower.contains("not strict") && !lower.contains("non-strict") {
        evidence.wants(Field::TypeCheckerStrict, Value::Flag(true), scale, line);
    }
}

fn image(lower: &str, line: usize, scale: u32, evidence: &mut Evidence) {
    let staged = [
        "multi-stage",
        "multistage",
        "multi stage",
        "多阶段",
        "многоэтапн",
        "multi-étape",
        "multietapa",
        "マルチステージ",
    ];
    let built = [
        "docker",
        "build",
        "image",
        "container",
        "构建",
        "镜像",
        "ビルド",
        "образ",
        "сборк",
        "imagen",
        "imagem",
        "conten",
    ];
    if staged.iter().any(|word| lower.contains(word)) && built.iter().any(|word| lower.contains(word)) {
        evidence.wants(Field::MultiStage, Value::Flag(true), scale, line);
    }
    let rootless =
        ["non-root", "nonroot", "unprivileged user", "not run as root", "非 root", "非root", "без root"];
    let container = ["container", "docker", "image", "runtime", "user", "контейнер", "容器", "コンテナ"];
    if rootless.iter().any(|word| lower.contains(word)) && container.iter().any(|word| lower.contains(word)) {
        evidence.wants(Field::NonRoot, Value::Flag(true), scale, line);
    }
}

/// A path in backticks or after a method that speaks of health.
fn health(text: &str, lower: &str, line: usize, scale: u32, evidence: &mut Evidence) {
    if !["health", "/live", "/ready", "健康"].iter().any(|word| lower.contains(word)) {
        return;
    }
    let paths = text
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '`' | '"' | ',' | ')' | '(' | '|'));
    let healthy = |path: &&str| {
        let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or("");
        path.starts_with('/')
            && !path.contains('.')
            && matches!(last, "health" | "healthz" | "healthcheck" | "health-check" | "livez" | "status")
            && !path.starts_with("/tmp")
    };
    for path in paths.filter(healthy) {
        evidence.add(super::evidence::Found {
            field: Field::HealthEndpoint,
            value: Value::from(path),
            polarity: crate::facts::Polarity::Use,
            strength: crate::facts::Strength::Should,
            weight: scale,
            line,
            options: Some(line),
        });
    }
}

/// The logging of the standard library; with JSON it has a value of its own.
fn logging(lower: &str, heading: &str, line: usize, scale: u32, evidence: &mut Evidence) {
    let standard = [
        "logging module",
        "logging.getlogger",
        "standard logging",
        "stdlib logging",
        "python logging",
        "logging.config",
        "module logging",
        "стандартный logging",
        "标准 logging",
        "logging 模块",
        "python's logging",
        "built-in logging",
    ];
    if standard.iter().any(|phrase| lower.contains(phrase)) && !lower.contains("instead of") {
        evidence.wants(Field::Logging, "stdlib", scale, line);
    }
    let logs = |text: &str| {
        ["logging", "logs", "log ", "日志", "логи", "ログ", "journal"].iter().any(|word| text.contains(word))
    };
    let json = lower.split(|letter: char| !letter.is_ascii_alphanumeric()).any(|word| word == "json");
    if json && (logs(lower) || logs(&heading.to_lowercase())) && !lower.contains("json-logs") {
        evidence.wants(Field::Logging, "stdlib-json", scale, line);
    }
}
