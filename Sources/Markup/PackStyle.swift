/// The looks: type, colours, three widths and paper.
///
/// A serif for what is said, a sans serif for what is measured; one strong colour, one warm one for what is
/// against us. Every text has a contrast of at least 4.5 to its ground, and every shape that says something
/// of at least 3, in both schemes (WCAG 2.2, 1.4.3 and 1.4.11).
enum PackStyle {
  /// - Parameters:
  ///   - organization: In the head of each printed page, with the title and what warns of handing it on.
  static func sheet(organization: String, title: String, warning: String) -> String {
    colours + type + structure + parts + charts + phone + paper
      + running(organization: organization, title: title, warning: warning)
  }

  // Dark only on screens: paper is white, whatever the reader prefers.
  private static let colours = """
    :root{--paper:#fffdf9;--ink:#1b2226;--quiet:#5a6468;--rule:#d8d3c7;--hair:#e9e5db;\
    --strong:#17475a;--plain:#7495a1;--tint:#d5e2e6;--whole:#ebe8e0;--warm:#a43a2a;--warm-tint:#f0d3cb;\
    --good:#22683f;--watch:#8a5a00;--on-strong:#fff;--on-tint:#1b2226}
    @media screen and (prefers-color-scheme:dark){:root{--paper:#13181b;--ink:#ebe8e1;--quiet:#a5aeb1;\
    --rule:#3a4347;--hair:#2a3236;--strong:#8cc3d6;--plain:#577f8d;--tint:#2b4651;--whole:#2a3236;\
    --warm:#ee9482;--warm-tint:#5c332b;--good:#83c99b;--watch:#e2b45c;--on-strong:#10181b;--on-tint:#ebe8e1}}

    """

  private static let type = """
    *{box-sizing:border-box}
    html{color-scheme:light dark;background:var(--paper);-webkit-text-size-adjust:100%;text-size-adjust:100%}
    @media print{html{color-scheme:light}:root{--paper:#fff}}
    body{margin:0 auto;padding:3.5rem 2.5rem 3rem;max-width:74rem;color:var(--ink);background:var(--paper);\
    font:400 1rem/1.5 "Helvetica Neue","Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;\
    font-variant-numeric:lining-nums tabular-nums;overflow-wrap:anywhere}
    h1,h2,h3,.big,.middling,.headlines,.remark blockquote,.class-letter{\
    font-family:Charter,"Iowan Old Style","Palatino Linotype",Palatino,"Source Serif 4",Cambria,Georgia,\
    "Noto Serif","Liberation Serif",serif}
    h1{margin:0;font-size:clamp(2.1rem,6vw,3.6rem);line-height:1.08;font-weight:400;letter-spacing:-.015em;\
    text-wrap:balance}
    h2{margin:0;font-size:1.6rem;line-height:1.15;font-weight:400;letter-spacing:-.005em;text-wrap:balance}
    h3,h4{margin:0 0 .6rem;font-size:1rem;line-height:1.3;font-weight:600}
    h3{font-family:inherit}
    p,ul,ol,dl,figure,blockquote,table{margin:0;padding:0}
    ul,ol{list-style:none}
    small,.detail,.note,figcaption,summary{font-size:.8125rem;line-height:1.45;color:var(--quiet)}
    b{font-weight:600}
    .missing{color:var(--quiet)}
    .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .n{text-align:right}
    td.n{min-width:3.4rem}
    thead th{overflow-wrap:break-word}
    .tag{font:600 .6875rem/1 "Helvetica Neue","Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,\
    sans-serif;letter-spacing:.08em;text-transform:uppercase;color:var(--warm);\
    border:1px solid var(--warm);\
    padding:.25em .5em;white-space:nowrap;display:inline-block;vertical-align:.15em}

    """

  private static let structure = """
    .masthead{border-top:3px solid var(--ink);padding-top:.7rem;margin-bottom:3.5rem}
    .running{display:flex;justify-content:space-between;gap:1rem;flex-wrap:wrap;font-size:.875rem;\
    margin-bottom:3rem}
    .period{margin-top:.9rem;color:var(--quiet)}
    .period strong{font-weight:600;color:var(--ink);margin-right:.6em}
    .warning{display:inline-block;margin:.9rem .5rem 0 0;padding:.2rem .6rem;border:1px solid var(--warm);\
    color:var(--warm);font-size:.8125rem;font-weight:600}
    .headlines{margin:2.2rem 0 0;max-width:46rem;font-size:1.3rem;line-height:1.42}
    .headlines li+li{margin-top:.5em}
    .by{display:flex;flex-wrap:wrap;gap:.8rem 2.5rem;margin-top:2rem;font-size:.875rem}
    @media screen and (min-width:62rem){.lower{display:grid;\
    grid-template-columns:minmax(0,46rem) minmax(0,1fr);column-gap:4rem}\
    .by{flex-direction:column;margin-top:2.5rem;padding-left:1.5rem;\
    border-left:1px solid var(--rule);align-self:start}.by:first-child{grid-column:1;border:0;padding:0;\
    flex-direction:row}}
    .by dt{color:var(--quiet);font-size:.8125rem}
    .by dd{margin:0}
    section{border-top:1px solid var(--ink);padding-top:1rem;margin-bottom:4rem}
    section.plain{border:0;padding:0}
    h2{margin-bottom:1.8rem}
    .content>h3{margin-top:2.6rem}
    .content>:first-child{margin-top:0}
    @media screen and (min-width:62rem){section:not(.plain){display:grid;\
    grid-template-columns:12rem minmax(0,1fr);column-gap:3rem}}
    .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,21rem),1fr));gap:2.6rem 3rem}
    .content>*+.pair,.for-us>*+.pair{margin-top:2.6rem}
    .pair:not(:has(*)){display:none}
    .content>.pair:first-child:not(:has(*))+*{margin-top:0}
    .three{grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr))}
    .block{min-width:0}
    .for-us{border-left:3px solid var(--warm);padding-left:1.3rem}
    div.for-us:not(.content){margin-top:2.6rem}
    .for-us>h3{margin-top:0}
    footer{border-top:1px solid var(--rule);padding-top:.8rem;font-size:.8125rem;color:var(--quiet)}

    """

  private static let parts = """
    .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,18rem),1fr));gap:2.4rem 2.5rem}
    .four .trend{flex-basis:4.5rem;min-width:3.5rem}
    .cards.four{grid-template-columns:repeat(auto-fit,minmax(min(100%,14rem),1fr))}
    .card{border-top:1px solid var(--ink);padding-top:.7rem;display:flex;flex-direction:column;min-width:0}
    .above{display:flex;justify-content:space-between;align-items:baseline;gap:.8rem;margin-bottom:.5rem}
    .above .status{white-space:nowrap}
    .across{display:flex;justify-content:space-between;align-items:flex-end;flex-wrap:wrap;gap:.2rem 1rem}
    .trend{flex:0 1 7rem;min-width:5rem}
    .card h3,.card h4{font-size:.875rem;margin:0}
    .big{font-size:2.6rem;line-height:1.1;letter-spacing:-.02em}
    .middling{font-size:1.6rem;line-height:1.15;letter-spacing:-.01em}
    .card .detail{margin-top:.3rem}
    .comparison{margin-top:.2rem}
    .status,.comparison{font-size:.8125rem;font-weight:600;line-height:1.45}
    .status.good,.comparison.good{color:var(--good)}
    .status.watch{color:var(--watch)}
    .status.poor,.comparison.poor{color:var(--warm)}
    .comparison.neutral{color:var(--quiet)}
    span.status{white-space:nowrap}
    .lead{display:flex;flex-wrap:wrap;align-items:baseline;gap:.2rem .8rem}
    .groups{margin-top:1.5rem}
    .legend{display:flex;flex-wrap:wrap;gap:.1rem 1.4rem;margin-top:.4rem;font-size:.8125rem;\
    color:var(--quiet)}
    .legend b{color:var(--ink)}
    .remarks{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1.6rem 3rem}
    .remark blockquote{font-size:1.1rem;line-height:1.42;quotes:"\\201c" "\\201d";text-indent:-.45em}
    :lang(fr) .remark blockquote{quotes:"«\\a0" "\\a0»";text-indent:-.85em}
    .remark p::before{content:open-quote;color:var(--quiet)}
    .remark p::after{content:close-quote;color:var(--quiet)}
    .remark figcaption{margin-top:.3rem}
    .list li{padding:.55rem 0;border-top:1px solid var(--hair)}
    .list li:first-child{border-top:0;padding-top:0}
    .list b{margin-left:.4em}
    .list small,.people small{margin-left:.4em}
    .people li{padding:.35rem 0;border-top:1px solid var(--hair)}
    .milestones li{padding:.35rem 0;border-top:1px solid var(--hair)}
    .milestones li:first-child,.people li:first-child{border-top:0}
    .milestones .mark{margin-right:.35em}
    .milestones small{display:block;padding-left:1rem}
    table{width:100%;border-collapse:collapse;font-size:.9375rem;line-height:1.4}
    th{text-align:left;font-weight:400;vertical-align:baseline}
    td{vertical-align:baseline}
    th.n{text-align:right}
    thead th{font-size:.8125rem;color:var(--quiet);padding:0 .9rem .4rem 0;\
    border-bottom:1px solid var(--rule);vertical-align:bottom}
    tbody th,tbody td{padding:.5rem .9rem .5rem 0;border-bottom:1px solid var(--hair)}
    tr>:last-child{padding-right:0}
    tbody tr:last-child>*{border-bottom:0}
    .total th,.total td{font-weight:600;border-top:1px solid var(--ink)}
    .total small{font-weight:400}
    .bars th small,.bars td.n small,.forest th small,.strategies th small{display:block}
    .bars td.chart,.bars th.chart{width:38%;padding-right:1.2rem}
    .bars th[scope=row]{width:38%}
    .pair .bars td.chart{width:32%}
    tbody th{hyphens:auto}
    .level{width:15%}
    .level small{display:block}
    .bars td.chart,.service td.chart,.products td.chart{vertical-align:top;padding-top:.62rem}
    .few{max-width:38rem}
    .bars:not(.objectives) td.n{white-space:nowrap}
    .bars td.n small{white-space:normal}
    .tasks td.chart{width:52%!important;padding-right:0}
    .tasks td.n{display:none}
    .targets th[scope=row]{width:30%}
    .targets td.chart{width:28%}
    .targets td.n{white-space:nowrap}
    .targets td.n small{white-space:normal}
    .service td.chart{width:16%}
    .service .share,.service .share-text{padding-left:1.2rem;text-align:left}
    .service td.level,.service th:last-child{padding-left:1.2rem}
    .products td.chart{width:16%;padding-right:.7rem}
    .products td.n{white-space:nowrap}
    .ranking th,.ranking td,.forest th,.forest td{border-bottom:0;padding-top:.3rem;padding-bottom:.3rem}
    .ranking thead th,.forest thead th{border-bottom:1px solid var(--rule)}
    .ranking tbody tr.new-rank>*,.forest tbody tr.new-rank>*{border-top:1px solid var(--hair)}
    .ranking tbody tr:first-child>*,.forest tbody tr:first-child>*{border-top:0}
    .bars .rank{width:2.6rem;color:var(--quiet);white-space:nowrap}
    .ranking td.chart,.ranking th.chart{width:26%}
    .forest td.chart,.forest th.chart{width:50%;padding-top:0;padding-bottom:0}
    .forest tbody th,.forest tbody td{vertical-align:middle}
    .forest td.n{width:15%}
    .forest tbody td.chart{position:relative}
    .forest tbody svg.scale{position:absolute;inset:0 auto 0 0;width:calc(100% - 1.2rem);height:100%}
    .forest th.chart svg{width:100%}
    .waterfall td,.waterfall th{border-bottom:0!important;padding-top:.15rem!important;\
    padding-bottom:.15rem!important;vertical-align:middle}
    .reason{display:block}
    .attention tbody th{width:26%}
    .attention tbody td{width:26%}
    .attention tbody td:last-child{width:48%}
    .steps tbody td{width:22%}
    .steps tbody th{width:56%}
    .fine table{font-size:.8125rem;line-height:1.45}
    .fine thead th{font-size:.75rem}
    .explanations tbody th{font-weight:600;width:17%}
    .explanations .formula{width:37%}
    .changes tbody th{width:26%}
    .note{margin-top:.9rem;max-width:44rem}
    .note+table{margin-top:.9rem}
    figcaption{margin-top:.5rem}
    details{margin-top:.7rem}
    summary{cursor:pointer;text-decoration:underline;text-decoration-color:var(--rule);\
    text-underline-offset:.25em}
    summary:focus-visible{outline:2px solid var(--strong);outline-offset:2px}
    .numbers{font-size:.8125rem;margin-top:.4rem;max-width:36rem}
    .numbers tbody th,.numbers tbody td{padding:.25rem .9rem .25rem 0}
    .numbers td:last-child{padding-right:0}
    .classes{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,14rem),1fr));gap:1rem 2.5rem;\
    margin-top:1.4rem;font-size:.9375rem}
    .classes div{border-top:1px solid var(--rule);padding-top:.5rem}
    .classes dt b{font-size:1.05rem;margin-right:.3em}
    .classes dt small{display:block}
    .classes dd{margin:.3rem 0 0;font-size:.8125rem;line-height:1.5}
    .key{columns:3 13rem;column-gap:2rem;margin-top:1rem;font-size:.8125rem;list-style:decimal inside;\
    color:var(--quiet)}
    .key li{break-inside:avoid;padding:.12rem 0}
    .key .what{color:var(--ink)}

    """

  private static let charts = """
    svg{display:block;overflow:visible;max-width:100%}
    svg text{font-size:12px;fill:var(--ink);font-variant-numeric:lining-nums tabular-nums}
    svg .label{fill:var(--quiet)}
    .bar .axis{stroke:var(--quiet)}
    svg .year,svg .strong-text,svg .axis-name{font-weight:600}
    svg .axis{stroke:var(--ink);stroke-width:1;shape-rendering:crispEdges}
    svg .tick{stroke:var(--ink);stroke-width:1;shape-rendering:crispEdges}
    svg .grid,svg .frame{stroke:var(--rule);stroke-width:1;fill:none;shape-rendering:crispEdges}
    svg .band{fill:var(--tint)}
    svg .whisker{stroke:var(--strong);stroke-width:1.5}
    svg .point{fill:var(--strong);stroke:var(--paper);stroke-width:1.5}
    svg .past{fill:var(--paper);stroke:var(--strong);stroke-width:2}
    svg .strong,svg .promoters,svg .done{fill:var(--strong)}
    svg .plain,svg .open{fill:var(--plain)}
    svg .whole{fill:var(--whole)}
    svg .passives{fill:var(--tint)}
    svg .negative,svg .detractors,svg .overdue{fill:var(--warm)}
    svg .credit{fill:var(--warm-tint);stroke:var(--warm);stroke-width:1}
    svg .part{stroke:var(--paper);stroke-width:1}
    svg .on-promoters,svg .on-detractors{fill:var(--on-strong);font-weight:600}
    svg .on-passives{fill:var(--on-tint);font-weight:600}
    svg .target{stroke:var(--ink);stroke-width:2.5}
    svg .link{stroke:var(--quiet);stroke-width:1;shape-rendering:crispEdges}
    svg .spark{stroke:var(--plain);stroke-width:1.5}
    svg .trace{fill:var(--plain)}
    svg .unknown{stroke:var(--rule);stroke-width:1.5;stroke-dasharray:2 4}
    svg .value{paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}
    .sparkline{margin-bottom:.35rem}
    svg .curve{fill:none;stroke:var(--strong);stroke-width:2;vector-effect:non-scaling-stroke}
    svg .class-a{fill:var(--plain)}
    svg .class-b{fill:var(--tint)}
    svg .class-c{fill:var(--whole)}
    svg .class-letter{font-size:16px}
    svg .boundary{stroke:var(--quiet);stroke-width:1;stroke-dasharray:3 3}
    svg .bubble{fill:var(--plain);fill-opacity:.4;stroke:var(--strong);stroke-width:1.25}
    .mark{display:inline-block;vertical-align:-.02em;fill:currentColor}
    .mark.hollow{fill:none;stroke:currentColor;stroke-width:1.5}
    .milestones .good{color:var(--good)}
    .milestones .poor{color:var(--warm)}
    .swatch path{stroke:none}
    .swatch.promoters,.swatch.done{fill:var(--strong)}
    .swatch.passives{fill:var(--tint);outline:1px solid var(--plain);outline-offset:-1px}
    .swatch.detractors,.swatch.overdue{fill:var(--warm)}
    .swatch.open{fill:var(--plain)}
    .swatch.credit{fill:var(--warm-tint);outline:1px solid var(--warm);outline-offset:-1px}
    .ruled{margin-left:2.9rem;width:calc(100% - 3.6rem)}
    .matrix{width:100%;height:auto}
    .matrix.wide{max-width:42rem}
    .matrix.narrow{display:none}

    """

  /// Tables become lists: the name on a line of its own, below it each value after the head of its column.
  private static let phone = """
    @media screen and (max-width:40rem){
    body{padding:1.5rem 1.25rem 2rem}
    .running{margin-bottom:2rem}
    .masthead{margin-bottom:2.5rem}
    .headlines{font-size:1.15rem;margin-top:1.6rem}
    section{margin-bottom:3rem}
    h2{margin-bottom:1.3rem}
    .big{font-size:2.2rem}
    .cards{gap:1.6rem}
    .stack,.stack tbody,.bars,.bars tbody{display:block}
    .stack thead,.bars:not(.forest) thead{position:absolute;width:1px;height:1px;overflow:hidden;\
    clip-path:inset(50%)}
    .stack tr{display:block;padding:.7rem 0;border-bottom:1px solid var(--hair)}
    .stack tr>*{display:block;width:auto!important;padding:0;border:0;text-align:left}
    .stack tr>td[data-label]{display:flow-root;padding:.12rem 0 .12rem 10rem;font-size:.875rem}
    .stack td[data-label]::before{content:attr(data-label);color:var(--quiet);float:left;width:9.4rem;\
    margin-left:-10rem;font-weight:400}
    .stack th small{font-weight:400}
    .stack td.level{padding-left:10rem!important}
    .stack td.share-text{padding-left:10rem!important}
    .products tr{display:flex!important;flex-direction:column}
    .products tr>:nth-child(3){order:1}
    .products tr>:nth-child(2){order:2}
    .products tr>:nth-child(5){order:3}
    .products tr>:nth-child(4){order:4}
    .products tr>:nth-child(6){order:5}
    .stack td:empty{display:none!important}
    .stack tr>th{font-weight:600;padding-bottom:.2rem}
    .stack .total{border-top:1px solid var(--ink)}
    .total th,.total td{border-top:0}
    .stack td.chart{padding:.25rem 0;width:100%!important}
    .fine .stack tr>td[data-label]{font-size:.8125rem}
    .formula{padding-bottom:.35rem!important}
    .bars:not(.stack) tr{display:grid;grid-template-columns:minmax(0,1fr) auto;column-gap:1rem;\
    align-items:baseline;padding:.55rem 0;border-bottom:1px solid var(--hair)}
    .bars:not(.stack) tr>*{display:block;padding:0!important;border:0!important;width:auto!important}
    .bars:not(.stack) td.n{max-width:11rem}
    .bars:not(.stack) td.chart{grid-column:1/-1;grid-row:2;padding-top:.3rem!important}
    .ranking tbody tr,.forest tr{grid-template-columns:2.2rem minmax(0,1fr) auto!important}
    .ranking tr,.forest tr{border-bottom:0!important}
    .ranking tr.new-rank,.forest tr.new-rank{border-top:1px solid var(--hair)}
    .forest thead,.forest thead tr{display:block!important}
    .forest thead th{position:absolute;clip-path:inset(50%);width:1px!important;overflow:hidden}
    .forest thead th.chart{position:static;clip-path:none;width:100%!important;overflow:visible}
    .forest tbody td.chart{height:28px;padding:0!important}
    .forest tbody svg.scale{width:100%}
    .waterfall tr{border-bottom:0!important}
    .matrix.wide{display:none}
    .matrix.narrow{display:block}
    }

    """

  private static let paper = """
    @media print{
    html{font-size:12px}
    body{padding:0;max-width:none}
    svg text{font-size:10px}
    .masthead{margin-bottom:1.6rem}
    .running{margin-bottom:1.2rem}
    h1{font-size:2.8rem}
    .headlines{margin-top:1.2rem;font-size:1.2rem}
    .by{margin-top:1.2rem}
    .big{font-size:2.1rem}
    .remark blockquote,:lang(fr) .remark blockquote{text-indent:0}
    section{margin-bottom:1.6rem;padding-top:.7rem}
    h2{margin-bottom:.9rem}
    footer{break-before:avoid}
    h2,h3,h4{break-after:avoid}
    .content>h3,.content>*+.pair,.for-us>*+.pair{margin-top:1.5rem}
    .pair,.cards{gap:1.4rem 2rem}
    .pair{grid-template-columns:repeat(auto-fit,minmax(22rem,1fr))}
    .pair.three{grid-template-columns:repeat(auto-fit,minmax(15rem,1fr))}
    .cards{grid-template-columns:repeat(3,minmax(0,1fr))}
    .cards.four{grid-template-columns:repeat(4,minmax(0,1fr))}
    .matrix.wide{max-width:40rem}
    .matrix text{font-size:12px}
    .bars td.chart,.service td.chart,.products td.chart{padding-top:.3rem}
    tr,figure,.card,.service,.few,.targets,.key,.list li,\
    .milestones li,.people li,.classes div,.lead{break-inside:avoid}
    .block{break-inside:avoid}
    thead{display:table-header-group}
    tbody th,tbody td{padding-top:.35rem;padding-bottom:.35rem}
    details{display:none}
    p,li,dd{orphans:3;widows:3}
    *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
    }

    """

  /// The head and foot of each printed page, where the browser has them (CSS Paged Media 3).
  private static func running(organization: String, title: String, warning: String) -> String {
    let font = "font:8pt \"Helvetica Neue\",\"Segoe UI\",\"Liberation Sans\",Arial,sans-serif;color:#5a6468"
    return """
      @page{size:A4;margin:19mm 17mm 18mm;\
      @top-left{content:\(SVG.styleString(organization));\(font)}\
      @top-right{content:\(SVG.styleString(warning));\(font)}\
      @bottom-left{content:\(SVG.styleString(title));\(font)}\
      @bottom-right{content:counter(page) " / " counter(pages);\(font)}}
      @page :first{@top-left{content:none}}
      """
  }
}
