//! Cue words of the languages that personas are written in.

use super::common::{alternatives, facts, values};
use scaffold::facts::Field::{CoverageMin, LineLength, PackageManager, Python};

#[test]
fn the_same_facts_in_seven_languages() {
    for text in [
        "# Python guide\n\n- Use uv instead of poetry\n- Python 3.12 or newer\n- Test coverage: at least 85%\n- Line length: 100\n",
        "# Guide Python\n\n- Utiliser uv au lieu de poetry\n- Python 3.12 ou supérieur\n- Couverture des tests : 85 %\n- Longueur de ligne : 100\n",
        "# Руководство по Python\n\n- Использовать uv вместо poetry\n- Python 3.12 и выше\n- Покрытие тестами: 85%\n- Длина строки: 100\n",
        "# Guía de Python\n\n- Usar uv en lugar de poetry\n- Python 3.12 o superior\n- Cobertura de pruebas: 85%\n- Longitud de línea: 100\n",
        "# Guia de Python\n\n- Usar uv em vez de poetry\n- Python 3.12 ou superior\n- Cobertura de testes: 85%\n- Comprimento de linha: 100\n",
        "# Python 规范\n\n- 使用 uv，不使用 poetry\n- Python 3.12 及以上\n- 测试覆盖率：85%\n- 行长 100\n",
        "# Python ガイド\n\n- poetry ではなく uv を使う\n- Python 3.12 以上\n- カバレッジ 85%\n- 行の長さ: 100\n",
    ] {
        let facts = facts(text);
        assert_eq!(values(&facts, PackageManager), ["uv"], "{text}");
        assert_eq!(values(&facts, Python), [">=3.12"], "{text}");
        assert_eq!(values(&facts, CoverageMin), ["85"], "{text}");
        assert_eq!(values(&facts, LineLength), ["100"], "{text}");
        assert_eq!(alternatives(&facts), ["poetry"], "{text}");
    }
}
