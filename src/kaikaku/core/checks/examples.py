"""An example of what each check catches, for the page on which a policy is set; by the check's id."""

from __future__ import annotations

from collections.abc import Mapping

EXAMPLES: Mapping[str, str] = {
    "edition_locked": "確定した令和6年度版の調書で、実績値を書き換えようとした。",
    "confirmed_changed": "前に確定した85.2%を、理由を書かずに86.0%にした。",
    "same_person": "値を入力した本人が、所属長の代決としてその値を確認しようとした。",
    "missing_value": "実績値も、値がない理由も空欄のまま提出しようとした。",
    "empty_or_zero": "件数の欄に「なし」と書いた。0件なのか、調べていないのか分からない。",
    "unreadable": "割合の欄に「おおむね8割くらい」と書いた。",
    "unit_differs": "単位が「人」の指標に「120件」と書いた。",
    "year_outside": "令和5年度の照会に、令和2年度の値を書いた。",
    "share_parts": "分子を120、分母を100と書いた。",
    "share_bounds": "「利用できる割合」に852%と書いた。小数点が抜けている。",
    "cumulative_falls": "累計が前年度の92億円より小さい75億円になった。この年度だけの額を書いている。",
    "kinds_mixed": "年度ごとの件数を報告する指標に「58件（R3~R5累計）」と書いた。",
    "total_of_parts": "合計を100と書いたが、内訳は40と50である。",
    "magnitude": "前年度は7,400,000千円だったのに、7,500千円と書いた。百万円のつもりだった。",
    "outlier": "毎年10件ほど増えてきた指標が、1年で200件増えた。",
    "flow_and_level": "「+5件、年度末16件」と書いたが、前年度末は12件だった。",
    "sign_differs": "これまで正の数だった額に「△120万円」と書いた。",
    "swapped_digits": "前年度の7,284人に対して、7,824人と書いた。",
    "equals_last_year": "前年度と同じ2,304人が、そのまま残っている。",
    "equals_target": "目標値の100%を実績値の欄に写した。",
    "equals_baseline": "基準値の1.5%を実績値の欄に写した。",
    "share_recomputed": "71.5%と書いたが、分子143÷分母190では75.3%である。",
    "rate_limit": "目標100件に対して4,882件と書き、達成率が4,882%になった。",
    "other_year": "令和5年度の欄に「100%（R7）」と書いた。",
    "status_differs": "「85%（見込み）」と書いたが、値の状態は「確定」を選んでいる。",
    "baseline_year": "計画の基準値は令和2年度なのに、令和元年度の値が基準になっている。",
    "text_contradicts": "「利用者が増加した」と書いたが、値は前年度より減っている。",
    "grade_contradicts": "達成率は62%（C）なのに、評価を「B」と書いた。",
    "worst_without_cause": "評価がDなのに、課題と今後の対応が空欄である。",
    "duplicate": "「オンライン化率」と「ｵﾝﾗｲﾝ化率」の2つが、別の指標になっている。",
    "source_too_old": "令和5年度の値の出典が、令和4年12月の資料である。",
    "round_number": "「約600人」と書いた。",
    "normalised": "「１，２３４人」を「1234人」と読み取った。",
}
