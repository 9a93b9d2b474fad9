"""
The comparison page in plain Dash: the same rows, figures, filters and words, drawn with Dash's own components.

``python -m bench.dash_page PORT``; the address takes the same codes as the app's.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from dash import Dash, Input, Output, dcc, html

from dashboard.arrange import arrange
from dashboard.captions import Chart, make_chart
from dashboard.charts import FONTS, LIGHT, draw_figure
from dashboard.dataset import Dataset
from dashboard.filters import CHOICE_FIELDS, Filters, label
from dashboard.link import Link, from_params, to_params
from dashboard.load import data_path, read_dataset
from dashboard.naming import Context
from dashboard.options import CHOICES, Options
from dashboard.outlines import rank_panels
from dashboard.wording import Words, load_words

PAGES: Final = ("overview", "compare", "region", "indicator", "source", "data", "about")
STATIC: Final = Path(__file__).parent.parent / "dashboard" / "static"
FONT_FACE: Final = "@font-face {font-family: 'Governance Sans'; src: url(/assets/governance-sans.woff2)}"
FILTER_INPUTS: Final = tuple(f"filter-{field}" for field in CHOICE_FIELDS)


def make_app(data: Dataset) -> Dash:
    """The page with its callbacks; the data is read once, as in the app."""
    # The page is drawn when its address is known; the app's font comes along, for readers without a Chinese one.
    app = Dash(
        __name__, title="Dash", update_title="", suppress_callback_exceptions=True, assets_folder=str(STATIC.resolve())
    )
    app.index_string = app.index_string.replace("</head>", f"<style>{FONT_FACE}</style></head>")
    words = load_words("zh")
    app.layout = html.Div([dcc.Location(id="url"), dcc.Store(id="address"), html.Div(id="root")])

    @app.callback(Output("root", "children"), Input("url", "search"))
    def open_link(search: str) -> html.Div:
        params = dict(parse_qsl((search or "").lstrip("?")))
        link, _ = from_params(params, data.vocabulary, data.codebook)
        return page(link, data, words)

    @app.callback(
        Output("head", "children"),
        Output("cards", "children"),
        Output("choice", "options"),
        Output("address", "data"),
        *(Output(name, "options") for name in FILTER_INPUTS),
        *(Input(name, "value") for name in FILTER_INPUTS),
        prevent_initial_call=True,
    )
    def refilter(*values: Sequence[str] | None) -> tuple[object, ...]:
        chosen = {field: tuple(value or ()) for field, value in zip(CHOICE_FIELDS, values, strict=True)}
        filters = Filters(**chosen)
        return (
            head(filters, data, words),
            cards(filters, data, words),
            row_options(filters, data, words),
            "?" + urlencode(to_params(Link(filters=filters, lang=words.lang, version=data.version), data.codebook)),
            *filter_options(filters, data, words).values(),
        )

    # By the address's own component, the page would be built anew.
    app.clientside_callback(
        "query => { history.pushState(null, '', query) }",
        Output("address", "clear_data"),
        Input("address", "data"),
        prevent_initial_call=True,
    )
    return app


def page(link: Link, data: Dataset, words: Words) -> html.Div:
    """The whole page: the filters at the side, the comparison beside them."""
    return html.Div(
        [
            sidebar(link.filters, data, words),
            html.Main(
                [
                    html.Nav([dcc.Link(words(f"page.{name}"), href=f"/{name}", refresh=False) for name in PAGES]),
                    dcc.RadioItems(["zh", "en"], "zh", inline=True),
                    html.H1(words("page.compare")),
                    html.Div(head(link.filters, data, words), id="head"),
                    html.Div(
                        [
                            dcc.RadioItems(
                                {value: words(f"option.{name}_{value}") for value in values},
                                next(iter(values)),
                                inline=True,
                            )
                            for name, values in CHOICES.items()
                            # How many comparisons are shown has a button of its own.
                            if name != "extent"
                        ]
                    ),
                    html.Div(cards(link.filters, data, words), id="cards"),
                    html.Label(words("table.choose")),
                    dcc.Dropdown(row_options(link.filters, data, words), id="choice"),
                    html.Small(words("app.footer", version=data.version)),
                ],
                style={"flex": "1", "minWidth": 0},
            ),
        ],
        style={"display": "flex", "gap": "2rem", "fontFamily": FONTS},
    )


def sidebar(filters: Filters, data: Dataset, words: Words) -> html.Aside:
    """One list a field, each with what leaves something under the others."""
    options = filter_options(filters, data, words)
    lists: list[Any] = [html.H2(words("filter.title")), dcc.Input(placeholder=words("filter.terms_hint"))]
    for field, name in zip(CHOICE_FIELDS, FILTER_INPUTS, strict=True):
        lists += [
            html.Label(words(f"filter.{field}")),
            dcc.Dropdown(options[field], list(filters.chosen(field)), multi=True, id=name),
        ]
    return html.Aside([*lists, html.Button(words("filter.reset"))], style={"width": "18rem"})


def filter_options(filters: Filters, data: Dataset, words: Words) -> dict[str, list[dict[str, str]]]:
    """The values of each field that leave something, with their names and counts."""
    return {
        field: [
            {"value": value, "label": f"{label(field, value, words, data.codebook)} {count}"}
            for value, count in values.items()
        ]
        for field, values in data.choices(filters).items()
    }


def head(filters: Filters, data: Dataset, words: Words) -> list[Any]:
    """The selection as a sentence, and each value as a button."""
    chips = [
        html.Button(label(field, value, words, data.codebook))
        for field in filters.active()
        for value in filters.chosen(field)
    ]
    rows = data.select(filters)
    count = len(data.panels(filters))
    return [
        html.Strong(filters.say(words, data.codebook)),
        html.Div(chips),
        html.P(words("compare.shown", rows=len(rows), panels=count)),
    ]


def cards(filters: Filters, data: Dataset, words: Words) -> list[html.Div]:
    """A card for every panel."""
    context = Context(words, data.codebook, data.titles[words.lang], data.colours, data.version)
    panels = rank_panels(data.panels(filters))
    arranged = [arrange(panel, Options(), data.populations, data.codebook) for panel in panels]
    return [card(make_chart(panel, context, Options()), panel.key, words) for panel in arranged]


def card(chart: Chart, key: str, words: Words) -> html.Div:
    """Title, unit, figure, who is missing, notes, source, downloads."""
    return html.Div(
        [
            html.H4(chart.title),
            html.P(chart.subtitle),
            dcc.Graph(figure=draw_figure(chart, LIGHT), config={"displayModeBar": False}, id=key.replace(".", "-")),
            html.P(chart.missing),
            *(html.P(line) for line in (*chart.notes, chart.source)),
            html.Details([html.Summary(words("download.title"))]),
        ]
    )


def row_options(filters: Filters, data: Dataset, words: Words) -> list[dict[str, str]]:
    """The rows in one line each."""
    rows = data.select(filters)
    lines = rows["region"] + " · " + rows["subject"].fillna("") + " · " + rows["raw"]
    return [{"value": value, "label": line} for value, line in zip(rows["id"], lines, strict=True)]


def main() -> None:
    """Serve the page until it is stopped."""
    make_app(read_dataset(data_path())).run(port=int(sys.argv[1]), debug=False)


if __name__ == "__main__":
    main()
