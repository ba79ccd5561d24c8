/// The pack of one account, as mustache.
enum AccountTemplate {
  static let page =
    PackTemplate.opening + PackTemplate.head + PackTemplate.figures + satisfaction + PackTemplate.service
    + business + plan + people + health + PackTemplate.explanations
    + PackTemplate.changes + PackTemplate.foot

  private static let satisfaction = """
    {{#satisfaction}}
    <section aria-labelledby="satisfaction">
    <h2 id="satisfaction">{{w.satisfaction}}</h2>
    <div class="content">
    <div class="pair">
    {{#.promoterScore}}
    <div class="block">
    <h3>{{w.promoterScore}}</h3>
    <p class="lead">{{#.value}}<span class="big">{{.}}</span>{{/.value}}{{#.missing}}\
    <span class="big missing">{{w.missing}}</span>{{/.missing}}
    {{#.status}}<span class="status {{.name}}">{{{.mark}}} {{.word}}</span>{{/.status}}</p>
    {{#.missing}}<p class="detail">{{.}}</p>{{/.missing}}
    {{#.detail}}<p class="detail">{{.}}</p>{{/.detail}}
    {{#.scale}}<figure>{{{.}}}</figure>{{/.scale}}
    {{#.groups}}
    <figure class="groups">{{{.bar}}}
    <figcaption><ul class="legend">
    {{#.items}}
    <li>{{{.swatch}}} {{.name}} <b>{{.count}}</b></li>
    {{/.items}}
    </ul></figcaption></figure>
    {{/.groups}}
    </div>
    {{/.promoterScore}}
    {{#.byQuarter}}
    <div class="block">
    <h3>{{w.scoreByQuarter}}</h3>
    <figure>{{{.chart}}}<figcaption>{{w.whiskers}}</figcaption></figure>
    \(PackTemplate.numbers)
    </div>
    {{/.byQuarter}}
    </div>
    {{#.scores}}
    <div class="pair three">
    {{#.items}}
    <div class="block">
    <h3>{{.label}}</h3>
    <p class="lead">{{#.value}}<span class="middling">{{.}}</span>{{/.value}}{{#.missing}}\
    <span class="middling missing">{{w.missing}}</span> <span class="detail">{{.}}</span>{{/.missing}}
    {{#.detail}}<span class="detail">{{.}}</span>{{/.detail}}</p>
    {{#.scale}}<figure>{{{.}}}</figure>{{/.scale}}
    </div>
    {{/.items}}
    </div>
    {{/.scores}}
    {{#.remarks}}
    <h3>{{w.remarks}}</h3>
    <div class="remarks">
    {{#.items}}
    <figure class="remark"><blockquote><p>{{.text}}</p></blockquote>{{#.attribution}}<figcaption>{{.}}\
    </figcaption>{{/.attribution}}</figure>
    {{/.items}}
    </div>
    {{/.remarks}}
    {{#.changed}}
    <h3>{{w.changed}}</h3>
    <ul class="list">
    {{#.items}}
    <li>{{.}}</li>
    {{/.items}}
    </ul>
    {{/.changed}}
    </div>
    </section>
    {{/satisfaction}}

    """

  private static let business = """
    {{#business}}
    <section aria-labelledby="business">
    <h2 id="business">{{w.business}}</h2>
    <div class="content">
    <div class="pair">
    {{#.revenue}}
    <div class="block">
    <h3>{{w.revenueByQuarter}}</h3>
    \(PackTemplate.quarterly)
    </div>
    {{/.revenue}}
    {{#.families}}
    <div class="block">
    <h3>{{w.families}}</h3>
    \(PackTemplate.bars)
    </div>
    {{/.families}}
    </div>
    {{#.manyFamilies}}
    <h3>{{w.families}}</h3>
    \(PackTemplate.bars)
    {{/.manyFamilies}}
    {{#.targets}}
    <h3>{{w.targets}}</h3>
    <table class="bars targets stack" role="table">
    <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">{{w.target}}</th>\
    <th role="columnheader" scope="col" class="chart"><small>{{w.targetLine}}</small></th>\
    <th role="columnheader" scope="col" class="n">{{w.actual}}</th>\
    <th role="columnheader" scope="col" class="n">{{w.aim}}</th>\
    <th role="columnheader" scope="col" class="n">{{w.attained}}</th></tr></thead>
    <tbody role="rowgroup">
    {{#.items}}
    <tr role="row"><th role="rowheader" scope="row">{{.name}}{{#.status}} <span class="status {{.name}}">\
    {{{.mark}}} {{.word}}</span>{{/.status}}</th>\
    <td role="cell" class="chart">{{{.bar}}}</td>\
    <td role="cell" class="n" data-label="{{w.actual}}">{{.value}}{{#.missing}}<span class="missing">\
    {{w.missing}}</span> <small>{{.}}</small>{{/.missing}}</td>\
    <td role="cell" class="n" data-label="{{w.aim}}">{{.target}}</td>\
    <td role="cell" class="n" data-label="{{w.attained}}">{{.attained}}</td></tr>
    {{/.items}}
    </tbody>
    </table>
    {{/.targets}}
    {{#.forUs}}
    <div class="for-us">
    <h3><span class="tag">{{w.forUs}}</span></h3>
    {{#.figures}}
    \(PackTemplate.cards.replacing("h3>", with: "h4>"))
    {{/.figures}}
    <div class="pair">
    {{#.margin}}
    <div class="block">
    <h4>{{w.marginByQuarter}}</h4>
    \(PackTemplate.quarterly)
    </div>
    {{/.margin}}
    {{#.lifetime}}
    <div class="block">
    <h4>{{w.lifetimeValue}}</h4>
    \(PackTemplate.bars.replacing("class=\"bars\"", with: "class=\"bars waterfall\""))
    </div>
    {{/.lifetime}}
    </div>
    </div>
    {{/.forUs}}
    </div>
    </section>
    {{/business}}

    """

  private static let plan = """
    {{#plan}}
    <section aria-labelledby="plan">
    <h2 id="plan">{{w.plan}}</h2>
    <div class="content">
    {{#.objectives}}
    <h3>{{w.objectives}}</h3>
    <table class="bars objectives" role="table">
    <tbody role="rowgroup">
    {{#.items}}
    <tr role="row"><th role="rowheader" scope="row">{{.name}}{{#.due}} <small>{{.}}</small>{{/.due}}</th>\
    <td role="cell" class="chart">{{{.bar}}}</td>\
    <td role="cell" class="n">{{.value}}{{#.missing}}<span class="missing">{{w.missing}}</span> <small>{{.}}\
    </small>{{/.missing}}\
    {{#.status}} <span class="status {{.name}}">{{{.mark}}} {{.word}}</span>{{/.status}}</td></tr>
    {{/.items}}
    </tbody>
    </table>
    {{/.objectives}}
    <div class="pair">
    {{#.departments}}
    <div class="block">
    <h3>{{w.tasks}}</h3>
    <ul class="legend">{{#.legend}}<li>{{{.swatch}}} {{.name}}</li>{{/.legend}}</ul>
    \(PackTemplate.bars.replacing("class=\"bars\"", with: "class=\"bars tasks\""))
    </div>
    {{/.departments}}
    {{#.milestones}}
    <div class="block">
    <h3>{{w.milestones}}</h3>
    <ul class="milestones">
    {{#.items}}
    <li>{{{.mark}}} <span class="what">{{.name}}</span> <small>{{.state}}, {{.on}}</small></li>
    {{/.items}}
    </ul>
    </div>
    {{/.milestones}}
    </div>
    {{#.nextSteps}}
    <h3>{{w.nextSteps}}</h3>
    <table class="stack steps" role="table">
    <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">{{w.what}}</th>\
    <th role="columnheader" scope="col">{{w.who}}</th><th role="columnheader" scope="col">{{w.when}}</th>\
    </tr></thead>
    <tbody role="rowgroup">
    {{#.items}}
    <tr role="row"><th role="rowheader" scope="row">{{.text}}</th>\
    <td role="cell" data-label="{{w.who}}">{{.who}}</td><td role="cell" data-label="{{w.when}}">{{.when}}\
    </td></tr>
    {{/.items}}
    </tbody>
    </table>
    {{/.nextSteps}}
    {{#.opportunities}}
    <h3>{{w.opportunities}}</h3>
    <ul class="list">
    {{#.items}}
    <li>{{.name}}{{#.amount}} <b>{{.}}</b>{{/.amount}}{{#.detail}} <small>{{.}}</small>{{/.detail}}</li>
    {{/.items}}
    </ul>
    {{/.opportunities}}
    </div>
    </section>
    {{/plan}}

    """

  private static let people = """
    {{#people}}
    <section aria-labelledby="people">
    <h2 id="people">{{w.people}}</h2>
    <div class="content">
    <div class="pair people">
    {{#.sides}}
    <div class="block">
    <h3>{{.side}}</h3>
    <ul>
    {{#.items}}
    <li>{{.name}}{{#.function}} <small>{{.}}</small>{{/.function}}</li>
    {{/.items}}
    </ul>
    </div>
    {{/.sides}}
    </div>
    </div>
    </section>
    {{/people}}

    """

  private static let health = """
    {{#health}}
    <section aria-labelledby="health">
    <h2 id="health">{{w.health}} <span class="tag">{{w.forUs}}</span></h2>
    <div class="content for-us">
    <p class="lead">{{#.value}}<span class="big">{{.}}</span>{{/.value}}{{#.missing}}\
    <span class="big missing">{{w.missing}}</span> <span class="detail">{{.}}</span>{{/.missing}}
    {{#.status}}<span class="status {{.name}}">{{{.mark}}} {{.word}}</span>{{/.status}}
    {{#.coverage}}<span class="detail">{{.}}</span>{{/.coverage}}</p>
    {{#.components}}
    \(PackTemplate.bars)
    {{/.components}}
    </div>
    </section>
    {{/health}}

    """
}
