"""Every word of plots, tables and reports in Japanese and English; figures bring their own."""

from __future__ import annotations

from .errors import input_error

LABELS: dict[str, tuple[str, str]] = {
    # states of people
    "home": ("在宅", "At home"),
    "preparing": ("準備中", "Preparing"),
    "travelling": ("移動中", "Walking"),
    "waiting": ("待機中", "Waiting"),
    "sheltered": ("避難完了", "Sheltered"),
    "stranded": ("途中で孤立", "Stranded on the way"),
    "cut_off": ("経路なし", "Cut off"),
    "caught_at_home": ("自宅で浸水", "Caught at home"),
    # axes and maps
    "time": ("時刻", "Time"),
    "people": ("人数(人)", "People"),
    "occupancy": ("避難者数(人)", "Occupancy (people)"),
    "capacity": ("収容定員", "Capacity"),
    "density": ("最大密度(人/m²)", "Highest density (people/m²)"),
    "arrival": ("避難完了までの時間(開始からの分)", "Arrival (minutes after the start)"),
    "depth": ("最大浸水深(m)", "Deepest water (m)"),
    "shelter": ("避難所", "Shelter"),
    "difference": ("基準との差(基準の値に対する%)", "Difference (% of the baseline)"),
    "north": ("北", "N"),
    # verdicts
    "better": ("改善", "better"),
    "worse": ("悪化", "worse"),
    "changed": ("変化あり", "changed"),
    "no clear difference": ("明確な差なし", "no clear difference"),
    # report
    "title": ("避難シミュレーション報告書", "Evacuation simulation report"),
    "summary": ("要約", "Summary"),
    "comparison": ("指標の比較", "Comparison of figures"),
    "maps": ("地図", "Maps"),
    "curves": ("避難の進み方", "How the evacuation goes"),
    "shelters": ("避難所", "Shelters"),
    "edits": ("変更点とその理由", "What is changed, and why"),
    "assumptions": ("前提条件", "Assumptions"),
    "limits": ("この結果の限界", "Limits of these results"),
    "licences": ("データの出典とライセンス", "Sources and licences of the data"),
    "manifest": ("実行の記録", "Record of the runs"),
    "kpi": ("指標", "Figure"),
    "unit": ("単位", "Unit"),
    "baseline": ("基準", "Baseline"),
    "variant": ("比較案", "Variant"),
    "scenario": ("シナリオ", "Scenario"),
    "diff": ("差", "Difference"),
    "interval": ("95%信頼区間", "95 % interval"),
    "pairs": ("組数", "Pairs"),
    "verdict": ("判定", "Verdict"),
    "mean": ("平均", "Mean"),
    "op": ("操作", "Change"),
    "target": ("対象", "Target"),
    "field": ("項目", "Field"),
    "old": ("変更前", "Before"),
    "new": ("変更後", "After"),
    "why": ("理由", "Reason"),
    "model": ("モデル", "Model"),
    "parameter": ("パラメータ", "Parameter"),
    "value": ("値", "Value"),
    "default": ("既定値", "Default"),
    "source": ("出典", "Source"),
    "grade": ("根拠", "Grade"),
    "peak": ("最大避難者数", "Peak occupancy"),
    "turned_away": ("満員で入れず", "Turned away"),
    "first_seed": ("図は乱数の種 {seed} の一回の実行。数値の比較には使わないこと。",
                   "Pictures show one run, seed {seed}; do not compare figures by them."),
    "grades": ("根拠: A 原典を確認、B 二次資料、C 専門的判断または未確認。太字は既定値からの変更。",
               "Grade: A source read, B secondary source, C judgement. Bold: changed from default."),
    "nothing": ("該当なし", "none"),
    "no_licence": ("出典の記載がありません。公開前に確認してください。",
                   "The data name no source; find out before publishing."),
    # kinds of change
    "set": ("設定", "set"),
    "move": ("移動", "move"),
    "change": ("変更", "change"),
    "close": ("閉鎖", "close"),
    "open": ("開放", "open"),
    "add": ("追加", "add"),
    "remove": ("撤去", "remove"),
}  # fmt: skip

LIMITS: tuple[tuple[str, str], ...] = (
    ("徒歩のみを対象とし、自動車・公共交通・垂直避難は含まない。",
     "Walking only: no cars, no public transport, no moving to upper floors."),
    ("浸水は与えられた時系列の水深による。水深の誤差は区間に含まれない。",
     "Water follows the given series of depths; its error is not in the intervals."),
    ("信頼区間は乱数によるばらつきのみを示し、モデルと前提の誤差は含まない。",
     "Intervals show the spread by chance only, not errors of models or assumptions."),
    ("多くの指標を同時に比べると、差がなくても約5%は「差あり」と判定される。",
     "Of many figures compared at once, about 5 % look different without being so."),
    ("個人の実際の行動を予測するものではなく、案どうしの比較に用いる。",
     "It does not predict what individuals will do; it compares plans."),
)  # fmt: skip

#: Classes of the Japanese flood hazard map: depth from, depth to (m), colour.
#: Source: 国土交通省「水害ハザードマップ作成の手引き」 colours for depths of inundation.
HAZARD_CLASSES: tuple[tuple[float, float, str], ...] = (
    (0.01, 0.5, "#f7f5a9"),
    (0.5, 3.0, "#ffd8c0"),
    (3.0, 5.0, "#ffb7b7"),
    (5.0, 10.0, "#ff9191"),
    (10.0, 20.0, "#f285c9"),
    (20.0, 1e9, "#dc7adc"),
)


def say(key: str, lang: str, **values: object) -> str:
    """The words for `key` in "ja" or "en".

    Raises
    ------
    InputError : another language
    """
    if lang not in ("ja", "en"):
        raise input_error("lang", f"{lang!r} is unknown", "use ja or en")
    text = LABELS.get(key, (key, key))[0 if lang == "ja" else 1]
    return text.format(**values) if values else text


def hazard_label(low: float, high: float, lang: str) -> str:
    """The words of a depth class, e.g. "0.5m〜3.0m"."""
    if low < 0.05:
        return f"{high:g}m未満" if lang == "ja" else f"below {high:g} m"
    if high > 1e6:
        return f"{low:g}m以上" if lang == "ja" else f"{low:g} m or more"
    return f"{low:g}〜{high:g}m" if lang == "ja" else f"{low:g}–{high:g} m"
