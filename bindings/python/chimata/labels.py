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
    "upstairs": ("上階へ避難", "Upstairs"),
    "casualty": ("人的被害", "Casualties"),
    "visiting": ("滞在中", "At their place"),
    # axes and maps
    "time": ("時刻", "Time"),
    "people": ("人数(人)", "People"),
    "occupancy": ("避難者数(人)", "Occupancy (people)"),
    "capacity": ("定員(人)", "Capacity"),
    "density": ("最大密度(人/m²)", "Highest density (persons/m²)"),
    "arrival": ("避難所に着いた時刻(自宅の位置に表示)", "Time of arrival at a shelter (shown at home)"),
    "caught": ("逃げ遅れた人数(50 m四方あたり)", "People caught by the water (per 50 m square)"),
    "flooded": ("最大浸水範囲", "Flooded at the deepest"),
    "river": ("河川", "River"),
    "flood_unsafe": ("避難所(洪水時は使用不可)", "Shelter (not usable in floods)"),
    "order": ("避難指示", "Evacuation order"),
    "without_home": ("在宅の人を除く", "people at home left out"),
    "depth": ("最大浸水深(m)", "Deepest water (m)"),
    "shelter": ("避難所", "Shelter"),
    "difference": ("基準との差(基準の値に対する%)", "Difference (% of the baseline)"),
    "left_out": ("表示の桁で基準が 0 になる指標は図から除いた: {names}。",
                 "Left out of the chart, as their baseline rounds to 0: {names}."),
    "beyond": ("±{limit:g}% を超える分は矢印で示す。", "Arrows: beyond ±{limit:g} %."),
    "north": ("北", "N"),
    # crowds
    "crowd_density_max": ("最大密度(人/m²)とサービス水準 A–F", "Highest density (persons/m²), level of service A–F"),
    "crowd_density_mean": ("平均密度(人/m²)とサービス水準 A–F", "Mean density (persons/m²), level of service A–F"),
    "crowd_density_now": ("密度(人/m²)とサービス水準 A–F", "Density (persons/m²), level of service A–F"),
    "crowd_alert": ("危険な密度が続いた時間(分)", "Time at a dangerous density (min)"),
    "crowd_counterflow": ("対向流にさらされた延べ時間(人・分/マス)", "Walking against others (person min per cell)"),
    # verdicts
    "better": ("改善", "better"),
    "worse": ("悪化", "worse"),
    "changed": ("変化あり", "changed"),
    "no clear difference": ("明確な差なし", "no clear difference"),
    "not judged": ("判定できない", "cannot be judged"),
    "one_pair": ("実行が一組しかない指標は判定できない。乱数の種を増やして実行すること。",
                 "A figure that only one pair of runs has cannot be judged; run more seeds."),
    # report
    "title": ("避難シミュレーション報告書", "Evacuation simulation report"),
    "summary": ("要約", "Summary"),
    "comparison": ("指標の比較", "Comparison of figures"),
    "maps": ("地図", "Maps"),
    "trapped": ("取り残された人", "Left behind"),
    "curves": ("避難の進み方", "How the evacuation goes"),
    "shelters": ("避難所", "Shelters"),
    "event_title": ("催事シミュレーション報告書", "Event simulation report"),
    "both_title": ("催事と避難のシミュレーション報告書", "Event and evacuation simulation report"),
    "crowd_density": ("会場の最大密度(人/m²)", "Highest density in the area (persons/m²)"),
    "crowd_hotspot": ("最も密になった場所(枠内の拡大、人/m²)", "The densest place (the frame enlarged, persons/m²)"),
    "gate": ("出入口", "Gate"),
    "gates": (
        "地図の番号の出入口(ID、幅、通り方)",
        "Gates by their number on the maps (id, width, how people pass)",
    ),
    "gate_in": ("入:", "in:"),
    "gate_out": ("出:", "out:"),
    "gate_emergent": ("制限なし(歩行モデルのまま)", "no limit (as the law of walking brings)"),
    "gate_capped": ("毎秒{flow}人まで", "at most {flow} persons/s"),
    "gate_service": ("検査 {lanes}列、1人{seconds}秒", "checks in {lanes} lanes, {seconds} s each"),
    "gate_shut": ("閉鎖", "shut"),
    "no_figure": ("–: 求められない指標。会場に人が残れば退場完了時間は、密度が 6 人/m² に達しなければ警報の先行時間は求められない。"
                  "組数は両方で求められた組の数。",
                  "–: no such figure. There is no clearance time while somebody is left in the area, and no lead "
                  "of the alarm where 6 persons/m² are never reached. Pairs are those in which both have it."),
    "in_area": ("会場内の人数", "People in the area"),
    "on_platform": ("列車を待つ人数", "People waiting for trains"),
    "course": ("人数の推移", "The course of it"),
    "edits": ("比較した案", "The plans compared"),
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
    "range": ("最小 – 最大", "min – max"),
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
    "peak": ("最大避難者数(人)", "Peak occupancy"),
    "turned_away": ("満員で断られた延べ人数", "Turned away"),
    "first_seed": ("図は乱数の種 {seed} の一回の実行。数値の比較には使わないこと。",
                   "Pictures show one run, seed {seed}; do not compare figures by them."),
    "bold": ("太字は既定値から変更した項目。出典と根拠は既定値のもの。",
             "Bold: changed from the default, to which source and grade belong."),
    "set_here": ("このシナリオで設定", "set by this scenario"),
    "set_over": ("このシナリオで設定。既定値 {default} の出典: {source}",
                 "set by this scenario; default {default}: {source}"),
    "baseline_note": ("「{name}」を基準とする。", "“{name}” is the baseline."),
    "filled": ("満員時刻", "Full at"),
    "use": ("充足率", "Used"),
    "unsafe": ("洪水時使用不可", "not for floods"),
    "written": ("作成日", "Written"),
    "software": ("ソフトウェア", "Software"),
    "seeds": ("乱数の種", "Seeds"),
    "runs": ("{n}回ずつ実行", "{n} runs of each plan"),
    "run_once": ("1回ずつ実行", "1 run of each plan"),
    "residents": ("対象人口", "People"),
    "period": ("対象時間", "Period"),
    "digest": ("入力データの識別子", "Digest of the inputs"),
    "crs": ("座標系", "Coordinates"),
    "record_note": ("下のシナリオを保存して chimata run に渡すと、同じ結果が得られる。",
                    "Saved to a file and given to `chimata run`, the scenarios below repeat the results."),
    "base_card": ("基準 {value}", "baseline {value}"),
    "all_shelters": ("避難所 {n} 箇所の合計", "{n} shelters in total"),
    "shelter_one": ("避難所 {name}", "Shelter {name}"),
    "position": ("位置", "Position"),
    "yes": ("はい", "yes"),
    "no": ("いいえ", "no"),
    "never": ("なし", "never"),
    "none_given": ("指定なし", "none given"),
    "nothing": ("該当なし", "none"),
    "no_licence": ("出典の記載がありません。公開前に確認してください。",
                   "The data name no source; find out before publishing."),
    # districts
    "districts": ("町丁目別 避難計画シート", "Evacuation plan by district"),
    "district_outside": ("区域外", "outside all districts"),
    "district_id": ("町丁目コード", "Id"),
    "district_name": ("町丁目", "District"),
    "district_residents": ("人口(人)", "Residents"),
    "leave_by": ("この時刻までに出発", "Leave by"),
    "leave_by_note": ("浸水で道を断たれ始める人(最初の5%)の最終出発時刻",
                      "last safe departure of the first 5 % to be cut off"),
    "told_at": ("情報が届く時刻(中央値)", "Told at (median)"),
    "left_at": ("実際の出発(中央値)", "Left at (median)"),
    "where_to": ("行き先", "Where to"),
    "share_of_leavers": ("出発者に占める割合", "of those who leave"),
    "how_long": ("所要時間", "How long"),
    "half_within": ("半数が {n} 分以内", "half within {n} min"),
    "most_within": ("95%が {n} 分以内", "95 % within {n} min"),
    "jammed": ("混雑する場所", "Jammed places"),
    "street": ("道路", "Street"),
    "minutes_lost": ("一人あたりの遅れ(分)", "Minutes lost each"),
    "people_delayed": ("遅れた人数", "People delayed"),
    "what_happens": ("人数の見込み", "What to expect"),
    "hand_check_title": ("検算", "Hand check"),
    "hand_check": ("最寄りの避難場所まで {distance} m ÷ {speed} m/秒 = {minutes} 分(距離の中央値、最も遅い年齢区分の平均速度)",
                   "{distance} m to the nearest shelter / {speed} m/s = {minutes} min (median way, mean "
                   "speed of the slowest class)"),
    "no_deadline": ("期限なし(経路は浸水しない)", "no deadline (the way stays dry)"),
    "no_safe_way": ("徒歩では安全に到達できない", "no safe way on foot"),
    "for_zero": ("逃げ遅れをゼロにする条件", "What would have to be true for nobody to be caught"),
    "cause": ("要因", "Cause"),
    "condition": ("条件", "Condition"),
    "mean_of_runs": ("{n} 回の平均と95%信頼区間", "mean of {n} runs and its 95 % interval"),
    **{
        f"district_{name}{part}": (ja + ja_part, en + en_part)
        for name, ja, en in (
            ("told", "情報が届いた人", "Told"), ("decided", "避難を決めた人", "Decided to leave"),
            ("departed", "出発した人", "Left home"), ("sheltered", "避難完了", "Sheltered"),
            ("not_arrived", "未到着", "Not arrived"), ("caught", "逃げ遅れ", "Caught by the water"),
            ("casualties", "人的被害", "Casualties"), ("vertical", "垂直避難", "Went upstairs"),
            ("need_help", "要支援者", "Need help"),
            ("told_p50_s", "情報到達 中央値(秒)", "Told, median (s)"),
            ("departed_p50_s", "出発 中央値(秒)", "Left, median (s)"),
            ("travel_p50_s", "所要時間 中央値(秒)", "Way, median (s)"),
            ("travel_p95_s", "所要時間 95%(秒)", "Way, 95 % (s)"),
        )
        for part, ja_part, en_part in (("", "", ""), ("_lo", " 下限", " low"), ("_hi", " 上限", " high"))
    },
    "district_leave_by_s": ("最終出発時刻(開始からの秒)", "Leave by (s since the start)"),
    "district_walk_distance_m": ("最寄り避難場所までの距離(m)", "Way to the nearest shelter (m)"),
    "district_walk_speed_m_s": ("歩行速度(m/秒)", "Walking speed (m/s)"),
    "district_walk_time_s": ("距離÷速度(秒)", "Way / speed (s)"),
    **{
        f"district_shelter_{rank}{part}": (f"行き先{rank}{ja}", f"Shelter {rank}{en}")
        for rank in (1, 2, 3)
        for part, ja, en in (("", "", ""), ("_share", " 割合", ", share"))
    },
    # kinds of change
    "set": ("設定", "set"),
    "move": ("移動", "move"),
    "change": ("変更", "change"),
    "close": ("閉鎖", "close"),
    "open": ("開放", "open"),
    "add": ("追加", "add"),
    "remove": ("撤去", "remove"),
    "undo": ("{op}の取り消し", "undo: {op}"),
}  # fmt: skip

#: Units as people write them, by the engine's name of the unit: Japanese, English.
UNITS: dict[str, tuple[str, str]] = {
    "persons": ("人", "persons"),
    "shelters": ("箇所", "shelters"),
    "times": ("回", "times"),
    "points": ("ポイント", "points"),
    "persons/m2": ("人/m²", "persons/m²"),
    "persons/s": ("人/秒", "persons/s"),
    "persons/(m s)": ("人/(m·秒)", "persons/(m·s)"),
    "cars/s": ("台/秒", "cars/s"),
    "m2": ("m²", "m²"),
    "m²/s": ("m²/秒", "m²/s"),
    "1/s": ("1/秒", "1/s"),
    "person min": ("人・分", "person-min"),
    "person h": ("人・時間", "person-h"),
    "vehicle h": ("台・時間", "vehicle-h"),
    "vehicles": ("台", "vehicles"),
    "meals": ("食", "meals"),
    "toilets": ("基", "toilets"),
    "min": ("分", "min"),
    "s": ("秒", "s"),
    "h": ("時間", "h"),
    "1/m²": ("人/m²", "persons/m²"),
    "1/(m·s)": ("人/(m·秒)", "persons/(m·s)"),
    "m/s": ("m/秒", "m/s"),
}


def unit_label(unit: str, lang: str) -> str:
    """A unit in "ja" or "en"; units that both write alike, as m, stay as they are."""
    return UNITS.get(unit, (unit, unit))[0 if lang == "ja" else 1]


#: What the choices of models mean in Japanese, by the key a scenario writes. Keys that are proper names
#: are left out.
CHOICES: dict[str, str] = {
    "rayleigh": "Rayleigh分布", "lognormal": "対数正規分布", "uniform": "一様分布", "immediate": "直ちに出発",
    "together": "世帯でまとまって", "alone": "成人は各自で", "come_home": "いったん帰宅する",
    "by_themselves": "その場から避難する", "nearest": "最寄り", "assigned": "地区ごとの指定",
    "capacity_aware": "定員を考慮", "river_flood": "洪水", "landslide": "土砂災害", "storm_surge": "高潮",
    "earthquake": "地震", "tsunami": "津波", "large_fire": "大規模な火事", "inland_flood": "内水氾濫",
    "volcano": "火山現象", "at_once": "発令と同時", "channels": "伝達手段ごと", "share": "利用率による",
    "distance": "距離による", "official": "三条件を満たす場合", "any_floor": "上階があれば", "none": "なし",
    "depth": "水深による", "linear": "線形", "hold": "次の時刻まで一定", "lower": "下限", "middle": "中央",
    "upper": "上限", "keep": "そのまま待つ", "reroute": "別の道を探す", "collision_free": "衝突回避速度モデル",
    "anticipating": "予測型", "social_force": "社会力モデル", "gap_seeking": "隙間探索型",
    "exponential": "指数関数", "product": "水深×流速", "jin": "Jinの式", "frantzich_nilsson": "Frantzich・Nilssonの式", "logistic": "ロジスティック",
}  # fmt: skip

EVENT_LIMITS: tuple[tuple[str, str], ...] = (
    (
        "会場内の人は平面上を動き、道路上の人は区間ごとに動く。出入口の外の道路が満員になると、空くまで会場から出られない。",
        "People move in the plane inside the area and link by link on the streets. A street that is full "
        "keeps people in the area until there is room again.",
    ),
    (
        "密度は半径 1 m のガウス重みによる。壁際では小さめに出る。身体は円(半径は前提条件の表)で、押し合わない。高い密度では実際より固まりやすい。",
        "Density is by Gaussian weights of 1 m and too low near walls. Bodies are discs (for their radius see "
        "the assumptions) that do not press; at high density they jam more easily than people do.",
    ),
    (
        "来場と退場の時刻、観覧密度、誘導に従う割合は仮定であり、結果を左右する。前提条件の表を参照。",
        "Times of coming and leaving, the density of the audience and the share who follow guidance are "
        "assumptions that decide much; see the table of assumptions.",
    ),
    ("乱数の組が少ないと、まれな大混雑を見落とす。", "Few seeds miss rare crushes."),
)

#: Limits of an event by what its scenario has.
SMOKE_LIMIT = (
    "煙は外から与えた分布であり、計算していない。会場の中だけに働き、道路や出入口の外の人は遅れも倒れもしない。"
    "煙を避けて道を変える人はなく、知らされるまで動かない。倒れた人を助ける人もいない。",
    "The smoke is given and not computed. It acts inside the area only: on the streets and before the gates "
    "nobody is slowed or overcome. Nobody turns aside from it or flees before being told, and nobody helps "
    "those who fell.",
)
TRAIN_LIMIT = (
    "鉄道は間隔と定員だけで表す。",
    "Trains are an interval and a capacity.",
)
CAR_LIMIT = (
    "自動車は道路区間ごとに動く。歩行者と互いに待つのは交差点だけで、車道を歩く群集による遅れは表さない。",
    "Cars move link by link. They and people on foot wait for each other at crossings only; crowds that "
    "walk on the carriageway do not slow them.",
)
NO_CAR_LIMIT = (
    "このシナリオに自動車はない。車で来る人や一般の交通は含まない。",
    "There are no cars in this scenario: neither visitors who drive nor other traffic.",
)

LIMITS: tuple[tuple[str, str], ...] = (
    ("徒歩、自動車(シナリオにある場合)、建物の上階への避難を扱う。公共交通による避難と救助活動は含まない。",
     "People evacuate on foot, by car where the scenario has cars, and up in buildings; nobody "
     "evacuates by public transport, and there is no rescue."),
    ("浸水は外から与えた水深の時系列であり、計算していない。破堤の位置や時刻が変われば結果も変わる。",
     "The water is a given series of depths and not computed. Another place or time of the breach "
     "gives other results."),
    ("避難する人の割合(避難率)と出発までの時間は予測ではなく前提である。人の動きを最も左右するので、"
     "値を変えて結果の変わり方を確かめること。",
     "Who leaves, and how long they take to set off, are assumptions and not predictions. They "
     "matter most: vary them and see how the results change."),
    ("「逃げ遅れ」は歩行限界を超える水に囲まれた人の数であり、死傷者数ではない。"
     "浸水より高い階に上がれた人は別に数える。",
     "“Caught by the water” counts people surrounded by water too deep to walk in; it is not a number "
     "of casualties. Those who reach a floor above the water are counted apart."),
    ("街路ごとの平均密度で歩行速度を定めており、群集の押し合いや一点の詰まりは表さない。",
     "Walking speed follows the mean density of a street; pushing crowds and jams at one point are "
     "not shown."),
    ("信頼区間は乱数によるばらつきだけを示す。モデル・前提・入力データの誤差は含まない。",
     "Intervals show the spread by chance only, not errors of model, assumptions or input data."),
    ("多くの指標を同時に比べると、差がなくてもそのうち約5%は「差あり」と判定される。",
     "Of many figures compared at once, about 5 % look different without being so."),
    ("表示の桁で0になる差は、統計的に確かであっても「明確な差なし」とする。",
     "A difference that rounds to 0 at the digits shown is called none, even if statistically sure."),
    ("個人の実際の行動を予測するものではない。案どうしの比較に用いる。",
     "It does not predict what individuals will do; use it to compare plans."),
)  # fmt: skip

#: What the grade of a source means: grade, Japanese, English.
GRADES: tuple[tuple[str, str, str], ...] = (
    ("A", "原典の数値を直接確認した。", "The original source was read and gives this value."),
    ("B", "二次資料(総説・指針など)による。", "Taken from a secondary source, as a review or guideline."),
    ("C", "専門的判断。地域の調査があればその値に置き換える。",
     "Judgement; replace it by a local survey where there is one."),
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
