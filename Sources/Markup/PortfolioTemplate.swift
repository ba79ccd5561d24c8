/// The pack of all accounts, as mustache.
enum PortfolioTemplate {
  static let page =
    PackTemplate.opening + PackTemplate.head + PackTemplate.figures + rankings + abc + matrix + scores
    + overview + quarters + products + strategies
    + PackTemplate.service + PackTemplate.explanations + PackTemplate.changes + PackTemplate.foot

  private static let rankings = """
    {{#rankings}}
    <section aria-labelledby="rankings">
    <h2 id="rankings">{{w.rankings}}</h2>
    <div class="content pair">
    {{#.items}}
    <div class="block">
    <h3>{{.title}}</h3>
    <table class="bars ranking" role="table">
    <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col" class="rank">{{w.rank}}</th>\
    <th role="columnheader" scope="col">{{w.account}}</th><th role="columnheader" class="chart" scope="col">\
    <span class="unseen">{{w.bar}}</span></th>\
    <th role="columnheader" scope="col" class="n">{{.measure}}</th></tr></thead>
    <tbody role="rowgroup">
    {{#.rows}}
    <tr role="row"{{#.isFirstOfRank}} class="new-rank"{{/.isFirstOfRank}}><td role="cell" class="rank">\
    {{.rank}}</td><th role="rowheader" scope="row">{{.name}}</th>\
    <td role="cell" class="chart">{{{.bar}}}</td>\
    <td role="cell" class="n">{{.value}}{{#.missing}}<span class="missing">{{w.missing}}</span> <small>{{.}}\
    </small>{{/.missing}}{{#.share}} <small>{{.}}</small>{{/.share}}</td></tr>
    {{/.rows}}
    </tbody>
    </table>
    {{#.note}}<p class="note">{{.}}</p>{{/.note}}
    </div>
    {{/.items}}
    </div>
    </section>
    {{/rankings}}

    """

  private static let abc = """
    {{#abc}}
    <section aria-labelledby="abc">
    <h2 id="abc">{{w.abc}}</h2>
    <div class="content">
    {{#.chart}}
    <figure>{{{.}}}<figcaption>{{w.abcCaption}}</figcaption></figure>
    {{/.chart}}
    {{#.classes}}
    <dl class="classes">
    {{#.items}}
    <div><dt><b>{{.letter}}</b> {{.count}} <small>{{.share}}</small></dt><dd>{{.names}}</dd></div>
    {{/.items}}
    </dl>
    {{/.classes}}
    {{#.accounts}}
    <details><summary>{{w.numbers}}</summary>
    <table class="numbers">
    <thead><tr><th scope="col">{{w.account}}</th><th scope="col" class="n">{{w.margin}}</th>\
    <th scope="col" class="n">{{w.cumulated}}</th><th scope="col">{{w.abcClass}}</th></tr></thead>
    <tbody>
    {{#.items}}
    <tr><th scope="row">{{.name}}</th><td class="n">{{.margin}}</td><td class="n">{{.cumulative}}</td><td>\
    {{.letter}}</td></tr>
    {{/.items}}
    </tbody>
    </table></details>
    {{/.accounts}}
    {{#.lossMakers}}
    <h3>{{w.lossMakers}}</h3>
    \(PackTemplate.bars.replacing("class=\"bars\"", with: "class=\"bars few\""))
    {{/.lossMakers}}
    </div>
    </section>
    {{/abc}}

    """

  private static let matrix = """
    {{#matrix}}
    <section aria-labelledby="matrix">
    <h2 id="matrix">{{w.matrix}}</h2>
    <div class="content">
    {{#.points}}
    <figure>{{{.wide}}}{{{.narrow}}}<figcaption>{{w.matrixCaption}}</figcaption></figure>
    <ol class="key">
    {{#.items}}
    <li><span class="what">{{.name}}</span> <small>{{.revenue}}</small></li>
    {{/.items}}
    </ol>
    <details><summary>{{w.numbers}}</summary>
    <table class="numbers">
    <thead><tr><th scope="col">{{w.account}}</th><th scope="col" class="n">{{w.attractiveness}}</th>\
    <th scope="col" class="n">{{w.strength}}</th><th scope="col" class="n">{{w.revenue}}</th></tr></thead>
    <tbody>
    {{#.items}}
    <tr><th scope="row">{{.name}}</th><td class="n">{{.attractiveness}}</td><td class="n">{{.strength}}</td>\
    <td class="n">{{.revenue}}</td></tr>
    {{/.items}}
    </tbody>
    </table></details>
    {{/.points}}
    {{#.unplaced}}
    <h3>{{w.unplaced}}</h3>
    <ul class="list">
    {{#.items}}
    <li>{{.name}} <small>{{.reason}}</small></li>
    {{/.items}}
    </ul>
    {{/.unplaced}}
    </div>
    </section>
    {{/matrix}}

    """

  private static let scores = """
    {{#scores}}
    <section aria-labelledby="scores">
    <h2 id="scores">{{w.scoreByAccount}}</h2>
    <div class="content">
    <table class="bars forest" role="table">
    <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col" class="rank">{{w.rank}}</th>\
    <th role="columnheader" scope="col">{{w.account}}</th>\
    <th role="columnheader" scope="col" class="chart"><span class="unseen">{{w.interval}}</span>{{{.head}}}\
    </th>\
    <th role="columnheader" scope="col" class="n">{{w.nps}}</th></tr></thead>
    <tbody role="rowgroup">
    {{#.items}}
    <tr role="row"{{#.isFirstOfRank}} class="new-rank"{{/.isFirstOfRank}}><td role="cell" class="rank">\
    {{.rank}}</td>\
    <th role="rowheader" scope="row">{{.name}}{{#.detail}} <small>{{.}}</small>{{/.detail}}</th>\
    <td role="cell" class="chart">{{{.row}}}</td>\
    <td role="cell" class="n">{{.value}}{{#.missing}}<span class="missing">{{w.missing}}</span> <small>{{.}}\
    </small>{{/.missing}}</td></tr>
    {{/.items}}
    </tbody>
    </table>
    <p class="note">{{w.forestNote}}</p>
    </div>
    </section>
    {{/scores}}

    """

  private static let overview = """
    {{#overview}}
    <section aria-labelledby="health">
    <h2 id="health">{{w.health}}</h2>
    <div class="content">
    {{#.bands}}
    <h3>{{w.healthBands}}</h3>
    <table class="bars few" role="table">
    <tbody role="rowgroup">
    {{#.items}}
    <tr role="row"><th role="rowheader" scope="row">{{#.status}}<span class="status {{.name}}">{{{.mark}}}\
    <span class="unseen"> {{.word}}</span></span> {{/.status}}{{.name}}</th>\
    <td role="cell" class="chart">{{{.bar}}}</td><td role="cell" class="n">{{.value}}</td></tr>
    {{/.items}}
    </tbody>
    </table>
    {{/.bands}}
    {{#.note}}<p class="note">{{.}}</p>{{/.note}}
    {{#.attention}}
    <h3>{{w.attention}}</h3>
    <table class="stack attention" role="table">
    <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">{{w.account}}</th>\
    <th role="columnheader" scope="col">{{w.health}}</th><th role="columnheader" scope="col">{{w.why}}</th>\
    </tr></thead>
    <tbody role="rowgroup">
    {{#.items}}
    <tr role="row"><th role="rowheader" scope="row">{{.name}}</th>\
    <td role="cell" data-label="{{w.health}}">{{.value}}{{#.missing}}<span class="missing">{{w.missing}}\
    </span> <small>{{.}}</small>{{/.missing}}{{#.status}} <span class="status {{.name}}">{{{.mark}}} \
    {{.word}}</span>{{/.status}}</td>\
    <td role="cell" data-label="{{w.why}}">{{#.reasons}}<span class="reason">{{.}}</span>{{/.reasons}}</td>\
    </tr>
    {{/.items}}
    </tbody>
    </table>
    {{/.attention}}
    </div>
    </section>
    {{/overview}}

    """

  private static let quarters = """
    {{#quarters}}
    <section aria-labelledby="quarters">
    <h2 id="quarters">{{w.quarters}}</h2>
    <div class="content pair">
    {{#.items}}
    <div class="block">
    <h3>{{.title}}</h3>
    \(PackTemplate.quarterly)
    </div>
    {{/.items}}
    </div>
    </section>
    {{/quarters}}

    """

  private static let products = """
    {{#products}}
    <section aria-labelledby="products">
    <h2 id="products">{{w.products}}</h2>
    <div class="content">
    <table class="stack products" role="table">
    <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">{{w.product}}</th>\
    <th role="columnheader" scope="col" class="n" colspan="2">{{w.revenue}}</th>\
    <th role="columnheader" scope="col" class="n" colspan="2">{{w.margin}}</th>\
    <th role="columnheader" scope="col" class="n">{{w.rate}}</th></tr></thead>
    <tbody role="rowgroup">
    {{#.items}}
    <tr role="row"><th role="rowheader" scope="row">{{.name}}</th>\
    <td role="cell" class="chart">{{{.revenueBar}}}</td>\
    <td role="cell" class="n" data-label="{{w.revenue}}">{{.revenue}}</td>\
    <td role="cell" class="chart">{{{.marginBar}}}</td><td role="cell" class="n" data-label="{{w.margin}}">\
    {{.margin}}</td>\
    <td role="cell" class="n" data-label="{{w.rate}}">{{.value}}{{#.missing}}<span class="missing">\
    {{w.missing}}</span> <small>{{.}}</small>{{/.missing}}</td></tr>
    {{/.items}}
    </tbody>
    </table>
    </div>
    </section>
    {{/products}}

    """

  private static let strategies = """
    {{#strategies}}
    <section aria-labelledby="strategies">
    <h2 id="strategies">{{w.strategies}}</h2>
    <div class="content">
    <table class="stack strategies" role="table">
    <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">{{w.strategy}}</th>\
    <th role="columnheader" scope="col" class="n">{{w.cost}}</th>\
    <th role="columnheader" scope="col" class="n">{{w.margin}}</th>\
    <th role="columnheader" scope="col" class="n">{{w.effect}}</th></tr></thead>
    <tbody role="rowgroup">
    {{#.items}}
    <tr role="row"><th role="rowheader" scope="row">{{.name}}{{#.counts}} <small>{{.}}</small>{{/.counts}}\
    </th>\
    <td role="cell" class="n" data-label="{{w.cost}}">{{.cost}}</td>\
    <td role="cell" class="n" data-label="{{w.margin}}">{{.margin}}{{#.noMargin}}<span class="missing">\
    {{w.missing}}</span> <small>{{.}}</small>{{/.noMargin}}</td>\
    <td role="cell" class="n" data-label="{{w.effect}}">{{.effect}}{{#.noEffect}}<span class="missing">\
    {{w.missing}}</span> <small>{{.}}</small>{{/.noEffect}}</td></tr>
    {{/.items}}
    </tbody>
    </table>
    </div>
    </section>
    {{/strategies}}

    """
}
