"""The words that may stand in a formula, in eight languages, and what they do there.

English, German, French, Spanish, Chinese, Japanese, Korean, and a little Italian.
"""

from __future__ import annotations

from typing import Literal

Role = Literal["for", "all", "if", "where", "and", "or", "otherwise", "from", "to", "noun", "link"]
"""What words do: begin a clause (`for`, `all`, `if`), join (`where`, `and`, `or`), say the rest
(`otherwise`), write a range out (`from`, `to`), name what an index counts (`noun`), or say nothing
about indices (`link`)."""

TABLE: dict[Role, str] = {
    "for": """
        for | when | whenever | as long as | such that | s.t. | over | in case | für | fuer |
        bei | sodass | so dass | pour | quand | lorsque | tel que | para | cuando | tal que |
        对 | 对于 | 當 | 当 | 对应 | 时 | 時 | 在 | に対して | に対し | について | のとき |
        の時 | の場合 | とき | に対する | 일 때 | 때 | 에 대해 | 에 대하여 | 대해 | 인 경우 | 일
    """,
    "all": """
        for all | for every | for each | for any | all | every | each | any | für alle |
        fuer alle | für jedes | für jeden | alle | jedes | pour tout | pour tous | pour toute |
        pour chaque | tout | chaque | para todo | para todos | para toda | para cada | todo |
        cada | 对所有 | 对于所有 | 对任意 | 对于任意 | 对每个 | 对于每个 | 所有 | 任意 | 每个 |
        对一切 | すべての | 全ての | 任意の | 各 | 모든 | 임의의 | 각
    """,
    "if": """
        if | provided | provided that | wenn | falls | sofern | si | si y solo si | 若 | 如果 |
        假如 | もし | ならば | 만약 | 이면 | 라면
    """,
    "where": """
        where | with | mit | avec | con | wherein | here | in which | letting | let | because |
        since | wobei | worin | weil | denn | da | car | puisque | porque | ya que | 因为 |
        なぜなら | 왜냐하면 | où | ou l'on pose | donde | en donde | 其中 | 这里 | ただし |
        ここで | 여기서 | 단
    """,
    "and": """
        and | as well as | und | sowie | et | y | 和 | 及 | 以及 | 且 | 并且 | と | および |
        かつ | 그리고 | 및 | 와 | 과
    """,
    "or": """
        or | oder | ou | o | 或 | 或者 | または | 또는
    """,
    "otherwise": """
        otherwise | else | otw | o.w. | in all other cases | elsewhere | sonst | ansonsten |
        andernfalls | sinon | autrement | en otro caso | en caso contrario | de lo contrario |
        si no | 否则 | 其他 | 其它 | 其余 | その他 | それ以外 | 그 외 | 그외 | 그렇지 않으면 |
        기타
    """,
    "from": """
        from | von | de | desde | 从
    """,
    "to": """
        to | up to | through | until | bis | à | jusqu'à | hasta | 到 | 至 | から
    """,
    "noun": """
        time step | time steps | timestep | timesteps | step | steps | time | times | index |
        indices | the | we have | it holds that | holds | fixed | zeitschritt |
        zeitschritte | zeitpunkte | schritt | schritte | den | die | alle zeitschritte |
        instant | instants | pas | pas de temps | le | la | les | paso | pasos | los | las |
        时刻 | 时间步 | 时间 | 的 | 有 | 都 | ステップ | 時刻 | まで | の | 시점 | 단계 | 스텝 |
        의 | 에 | runs | ranges | running | läuft
    """,
    "link": """
        loss | total loss | cross entropy | cross-entropy | output | output layer | hidden layer |
        hidden state | state | cell state | candidate | candidate state | forget gate | input gate |
        output gate | update gate | reset gate | gate | error | error signal | gradient |
        so | thus | hence | therefore | then | i.e. | that is | namely | substituting |
        as before | by definition | chain rule | by the chain rule | the chain rule |
        product rule | by the product rule | as above | see above | by induction | by symmetry |
        analogously | similarly | likewise | finally | now | recall | note that |
        or equivalently | equivalently | total derivative | definition | recursion | forward |
        backward | qed | q.e.d. | forward pass | backward pass | by assumption | again |
        as desired | as required | follows | damit | somit | daher | folglich | kettenregel |
        nach der kettenregel | d.h. | laut definition | per definition | nach definition |
        wie oben | analog | und damit | einsetzen | we get | we obtain | we find | which gives |
        this gives | gives | yields | implies | which implies | it follows that |
        substituting in | inserting | expanding | simplifying | ergibt | liefert |
        wir erhalten | es folgt | man erhält | on obtient | on a | obtenemos | 得到 | 我们得到 |
        可以得到 | 代入 | を得る | を代入 | 대입하면 | 얻는다 | このとき | donc | d'où | ainsi |
        alors | par définition | règle de la chaîne | de même | entonces | luego | por tanto |
        por lo tanto | por definición | regla de la cadena | 因此 | 所以 | 故 | 则 | 那么 | 即 |
        由链式法则 | 链式法则 | 同理 | 根据定义 | 得 | 可得 | よって | 従って | したがって |
        ゆえに | 連鎖律 | 連鎖律より | 定義より | すなわち | 同様に | 따라서 | 그러므로 | 즉 |
        연쇄 법칙 | 연쇄법칙 | 정의에 의해 | 마찬가지로 | also | as follows | obviously |
        clearly | indeed | notice that | observe that | consequently | as a result |
        in summary | in total | so that | de sorte que | de modo que | element-wise | elementwise |
        pointwise | point-wise | componentwise | component-wise | entrywise | entry-wise |
        elementweise | komponentenweise | terme à terme | elemento a elemento
    """,
}
"""Phrases, parted by bars: the longest that fits is taken."""

ADVERBS = frozenset((
    "element-wise", "elementwise", "pointwise", "point-wise", "componentwise", "component-wise",
    "entrywise", "entry-wise", "elementweise", "komponentenweise",
))  # fmt: skip
"""Words that say how, and never name a quantity."""
