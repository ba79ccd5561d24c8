/// The page as mustache: structure here, looks in ``PackStyle``, words from ``PackWords``, values from the
/// contexts.
///
/// Names of values begin with a dot: `{{.detail}}`. Without it mustache looks in what is around as well, and
/// a figure without a detail would show that of its section. Three braces are for our own pictures and style
/// sheets alone.
enum PackTemplate {
  /// Runs nothing, fetches nothing, sends nothing.
  static let policy = "\(formerPolicy); base-uri 'none'; form-action 'none'"

  /// Packs of earlier versions have this one.
  private static let formerPolicy = "default-src 'none'; style-src 'unsafe-inline'"

  /// Whether a file that begins so is a pack, of this version or an earlier one.
  static func begins(_ page: String) -> Bool {
    page.hasPrefix("<!DOCTYPE html>") && page.contains("content=\"\(formerPolicy)")
  }

  static let opening = """
    {{% CONTENT_TYPE: PACK}}
    <!DOCTYPE html>
    <html lang="{{language}}">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>{{title}}</title>
    <style>
    {{{style}}}
    </style>
    </head>
    <body>

    """

  static let head = """
    <header class="masthead">
    {{#head}}
    <p class="running"><span>{{.organization}}</span><span>{{.kind}}</span></p>
    <h1>{{.subject}}</h1>
    <p class="period"><strong>{{.period}}</strong> {{.dates}}</p>
    {{#.warnings}}
    <p class="warning">{{.}}</p>
    {{/.warnings}}
    <div class="lower">
    {{#.headlines}}
    <ul class="headlines">
    {{#.items}}
    <li>{{.}}</li>
    {{/.items}}
    </ul>
    {{/.headlines}}
    {{#.people}}
    <dl class="by">
    {{#.items}}
    <div><dt>{{.role}}</dt><dd>{{.name}}</dd></div>
    {{/.items}}
    </dl>
    {{/.people}}
    </div>
    {{/head}}
    </header>
    <main>

    """

  /// Cards; of the head of the page, and of the part for us only.
  static let cards = """
    <ul class="cards{{#.isFour}} four{{/.isFour}}">
    {{#.items}}
    <li class="card">
    <div class="above"><h3>{{.label}}</h3>{{#.status}}<p class="status {{.name}}">{{{.mark}}} {{.word}}</p>\
    {{/.status}}</div>
    <div class="across">{{#.value}}<p class="big">{{.}}</p>{{/.value}}\
    {{#.missing}}<p class="big missing">{{w.missing}}</p>{{/.missing}}{{#.sparkline}}<div class="trend">\
    {{{.}}}</div>{{/.sparkline}}</div>
    {{#.missing}}<p class="detail">{{.}}</p>{{/.missing}}
    {{#.detail}}<p class="detail">{{.}}</p>{{/.detail}}
    {{#.comparison}}<p class="comparison {{.name}}">{{{.mark}}} {{.text}}{{#.word}}, {{.}}{{/.word}}</p>\
    {{/.comparison}}
    </li>
    {{/.items}}
    </ul>

    """

  static let figures = """
    {{#figures}}
    <section class="plain" aria-labelledby="figures">
    <h2 id="figures" class="unseen">{{w.figures}}</h2>
    \(cards)</section>
    {{/figures}}

    """

  /// Rows of a name, a bar and a number.
  static let bars = """
    <table class="bars" role="table">
    <tbody role="rowgroup">
    {{#.items}}
    <tr role="row"><th role="rowheader" scope="row">{{.name}}{{#.note}} <small>{{.}}</small>{{/.note}}</th>\
    <td role="cell" class="chart">{{{.bar}}}</td>\
    <td role="cell" class="n">{{.value}}{{#.missing}}<span class="missing">{{w.missing}}</span> <small>{{.}}\
    </small>{{/.missing}}{{#.share}} <small>{{.}}</small>{{/.share}}</td></tr>
    {{/.items}}
    </tbody>
    </table>
    """

  /// The table behind a chart of quarters.
  static let numbers = """
    <details><summary>{{w.numbers}}</summary>
    <table class="numbers">
    <tbody>
    {{#.items}}
    <tr><th scope="row">{{.name}}</th><td class="n">{{.value}}{{#.missing}}<span class="missing">\
    {{w.missing}}</span> <small>{{.}}</small>{{/.missing}}{{#.detail}} <small>{{.}}</small>{{/.detail}}</td>\
    </tr>
    {{/.items}}
    </tbody>
    </table></details>
    """

  static let quarterly = """
    <figure>{{{.chart}}}<figcaption>{{.unit}}{{#.hasCredit}}. {{{.swatch}}} {{w.creditNotes}}\
    {{/.hasCredit}}{{#.note}}. {{.}}{{/.note}}</figcaption></figure>
    \(numbers)
    """

  static let service = """
    {{#service}}
    <section aria-labelledby="service">
    <h2 id="service">{{w.service}}</h2>
    <div class="content">
    {{#.types}}
    <table class="stack service" role="table">
    <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">{{w.requestType}}</th>\
    <th role="columnheader" scope="col" class="n">{{w.opened}}</th>\
    <th role="columnheader" scope="col" colspan="2" class="share">{{w.answeredInWindow}}</th>\
    <th role="columnheader" scope="col" class="n">{{w.resolved}}</th>\
    <th role="columnheader" scope="col" class="n">{{w.firstAnswer}}</th>\
    <th role="columnheader" scope="col">{{w.level}}</th></tr></thead>
    <tbody role="rowgroup">
    {{#.items}}
    <tr role="row"{{#.isTotal}} class="total"{{/.isTotal}}><th role="rowheader" scope="row">{{.name}}</th>\
    <td role="cell" class="n" data-label="{{w.opened}}">{{.opened}}</td>\
    <td role="cell" class="n share-text" data-label="{{w.answeredInWindow}}">{{#.share}}{{.}}{{/.share}}\
    {{#.missing}}<span class="missing">{{w.missing}}</span> <small>{{.}}</small>{{/.missing}}{{#.count}} \
    <small>{{.}}</small>{{/.count}}</td>\
    <td role="cell" class="chart">{{{.bar}}}</td>\
    <td role="cell" class="n" data-label="{{w.resolved}}">{{.resolved}}</td>\
    <td role="cell" class="n" data-label="{{w.firstAnswer}}">{{.answer}}{{#.noAnswer}}<span class="missing">\
    {{.}}</span>{{/.noAnswer}}</td>\
    <td role="cell" class="level" data-label="{{w.level}}">{{#.met}}<span class="status {{.name}}">\
    {{{.mark}}} {{.word}}</span>{{/.met}}{{#.level}} <small>{{.}}</small>{{/.level}}</td></tr>
    {{/.items}}
    </tbody>
    </table>
    {{/.types}}
    {{#.note}}<p class="note">{{.}}</p>{{/.note}}
    {{#.ageing}}
    <h3>{{w.ageing}}</h3>
    \(bars.replacing("class=\"bars\"", with: "class=\"bars few\""))
    {{/.ageing}}
    </div>
    </section>
    {{/service}}

    """

  static let explanations = """
    {{#explanations}}
    <section class="fine" aria-labelledby="explanations">
    <h2 id="explanations">{{w.explanations}}</h2>
    <div class="content">
    <table class="stack explanations" role="table">
    <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">{{w.figure}}</th>\
    <th role="columnheader" scope="col">{{w.formula}}</th><th role="columnheader" scope="col">{{w.period}}\
    </th>\
    <th role="columnheader" scope="col" class="n">{{w.n}}</th><th role="columnheader" scope="col" class="n">\
    {{w.used}}</th>\
    <th role="columnheader" scope="col">{{w.leftOut}}</th></tr></thead>
    <tbody role="rowgroup">
    {{#.items}}
    <tr role="row"><th role="rowheader" scope="row">{{.figure}}</th>\
    <td role="cell" class="formula">{{.formula}}</td>\
    <td role="cell" data-label="{{w.period}}">{{.period}}</td>\
    <td role="cell" class="n" data-label="{{w.n}}">{{.n}}</td>\
    <td role="cell" class="n" data-label="{{w.used}}">{{.used}}</td>\
    <td role="cell" data-label="{{w.leftOut}}">{{#.leftOut}}<span class="reason"><b>{{.count}}\
    </b> {{.reason}}</span>{{/.leftOut}}{{^.leftOut}}{{w.none}}{{/.leftOut}}</td></tr>
    {{/.items}}
    </tbody>
    </table>
    </div>
    </section>
    {{/explanations}}

    """

  static let changes = """
    {{#changes}}
    <section class="fine" aria-labelledby="changes">
    <h2 id="changes">{{w.changes}}</h2>
    <div class="content">
    <p class="note">{{.since}}</p>
    <table class="stack changes" role="table">
    <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">{{w.figure}}</th>\
    <th role="columnheader" scope="col" class="n">{{w.before}}</th>\
    <th role="columnheader" scope="col" class="n">{{w.after}}</th>\
    <th role="columnheader" scope="col">{{w.reason}}</th></tr></thead>
    <tbody role="rowgroup">
    {{#.items}}
    <tr role="row"><th role="rowheader" scope="row">{{.figure}}</th>\
    <td role="cell" class="n" data-label="{{w.before}}">{{.before}}</td>\
    <td role="cell" class="n" data-label="{{w.after}}">{{.after}}</td>\
    <td role="cell" data-label="{{w.reason}}">{{.reason}}</td></tr>
    {{/.items}}
    </tbody>
    </table>
    </div>
    </section>
    {{/changes}}

    """

  static let foot = """
    </main>
    <footer>
    {{#foot}}
    <p>{{.line}}</p>
    {{/foot}}
    </footer>
    </body>
    </html>

    """
}
