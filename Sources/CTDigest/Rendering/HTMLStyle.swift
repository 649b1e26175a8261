/// How the page looks: one column that a phone shows without scrolling sideways, in the colours that the reader's
/// system prefers. Contrast is at least 4.5 : 1 (WCAG 2.2, 1.4.3).
///
/// Plain rules only: mail programs leave out custom properties and flexible boxes.
enum HTMLStyle {
  static let sheet = """
    * { box-sizing: border-box; }
    body { margin: 0; background: #ffffff; color: #1c2127; font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto,
      "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; }
    main { max-width: 44rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; }
    h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .5rem; }
    h2 { font-size: 1.05rem; margin: 1.5rem 0 .4rem; padding-top: .75rem; border-top: 1px solid #dfe3e8; }
    p { margin: .25rem 0; }
    ul { margin: .25rem 0; padding-left: 1.2rem; }
    li { margin: .2rem 0; }
    small { color: #5b6470; font-size: .875rem; }
    a { color: #0b57d0; overflow-wrap: anywhere; }
    code { font: .85em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
    .notices { list-style: none; padding: 0; }
    .notices li { margin: .35rem 0; padding: .4rem .75rem .4rem 2.1rem; text-indent: -1.35rem; background: #f5f7f9;
      border-left: 4px solid #5b6470; border-radius: 4px; overflow-wrap: anywhere; }
    .notices .mark { display: inline-block; width: 1.35rem; text-indent: 0; }
    .notices li.bad { border-left-color: #b3261e; }
    .notices li.warning { border-left-color: #8a5300; }
    li.bad .mark, .status.bad { color: #b3261e; }
    li.warning .mark, .status.warning, .change.warning { color: #8a5300; }
    li.unknown .mark, .status.unknown { color: #5b6470; }
    .status.good, .change.good { color: #1a7037; }
    .status { font-weight: 600; white-space: nowrap; }
    .change { color: #5b6470; font-size: .875em; white-space: nowrap; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: .95rem; margin: .25rem 0; }
    th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #dfe3e8; }
    th { color: #5b6470; font-weight: 600; font-size: .8rem; }
    th:last-child, td:last-child { padding-right: 0; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    @media (prefers-color-scheme: dark) {
      body { background: #14181d; color: #e6e9ed; }
      h2 { border-top-color: #343b44; }
      th, td { border-bottom-color: #343b44; }
      small, th, .change { color: #a3adb8; }
      a { color: #8ab4f8; }
      .notices li { background: #1d232a; border-left-color: #a3adb8; }
      .notices li.bad { border-left-color: #ff8a80; }
      .notices li.warning { border-left-color: #ffb951; }
      li.bad .mark, .status.bad { color: #ff8a80; }
      li.warning .mark, .status.warning, .change.warning { color: #ffb951; }
      li.unknown .mark, .status.unknown { color: #a3adb8; }
      .status.good, .change.good { color: #6fd08c; }
    }
    """
}
