"""
The extractors that are measured: for each, how it is made ready, and what it does with a text.

``load`` imports it and reads its dictionaries; what it returns takes a text and gives the number of things found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

Extractor = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Peer:
    """
    An extractor under measurement.

    ``least`` is how many times its speed this project's is to be at least, and ``aim`` what is hoped for; None where
    the two can't be compared, because it returns no unit. ``package`` is the one whose version is told.
    """

    name: str
    load: Callable[[], Extractor]
    least: float | None = None
    aim: float | None = None
    package: str | None = None


def load_ours() -> Extractor:
    """The whole table of a text, with unit, qualifier, subject, period, region and theme."""
    from extract import extract_text

    return lambda text: len(extract_text(text))


def load_jieba() -> Extractor:
    """Words only."""
    import jieba

    jieba.initialize()
    return lambda text: len(jieba.lcut(text))


def load_posseg() -> Extractor:
    """Words and their parts of speech: m is a numeral."""
    import jieba.posseg

    jieba.initialize()
    return lambda text: sum(word.flag == "m" for word in jieba.posseg.lcut(text))


def load_cn2an() -> Extractor:
    """The text with its numerals rewritten, without places: what can be counted is whether it changed."""
    import cn2an

    return lambda text: cn2an.transform(text) != text


def load_jionlp_money() -> Extractor:
    """Amounts of money."""
    import jionlp

    return lambda text: len(jionlp.ner.extract_money(text, with_parsing=True))


def load_jionlp_time() -> Extractor:
    """Times and dates."""
    import jionlp

    return lambda text: len(jionlp.ner.extract_time(text, with_parsing=True))


def load_numbers() -> Extractor:
    """Numbers, without what they count."""
    from ms_recognizers_number import NumberRecognizer

    return _run_models(NumberRecognizer("zh-cn").get_number_model())


def load_units() -> Extractor:
    """Numbers, percentages, and ages, amounts of money, dimensions and temperatures with their units."""
    from ms_recognizers_number import NumberRecognizer
    from ms_recognizers_number_with_unit import NumberWithUnitRecognizer

    numbers, units = NumberRecognizer("zh-cn"), NumberWithUnitRecognizer("zh-cn")
    return _run_models(
        numbers.get_number_model(),
        numbers.get_percentage_model(),
        units.get_age_model(),
        units.get_currency_model(),
        units.get_dimension_model(),
        units.get_temperature_model(),
    )


def _run_models(*models: Any) -> Extractor:
    return lambda text: sum(len(model.parse(text)) for model in models)


OURS: Final = Peer("this project, whole table", load_ours)
PEERS: Final = (
    OURS,
    Peer("jieba.lcut", load_jieba, 1.2, 1.5, "jieba"),
    Peer("jieba.posseg.lcut", load_posseg, 6.0),
    Peer("Recognizers-Text, with units", load_units, 25.0, package="ms-recognizers-text-number-with-unit"),
    Peer("Recognizers-Text, numbers only", load_numbers),
    Peer("cn2an.transform", load_cn2an, package="cn2an"),
    Peer("JioNLP, money", load_jionlp_money, package="jionlp"),
    Peer("JioNLP, time", load_jionlp_time),
)
