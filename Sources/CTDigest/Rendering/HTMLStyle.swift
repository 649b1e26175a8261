/// How the page looks: one column that a phone shows without scrolling sideways, in the colours that the reader's
/// system prefers. Contrast is at least 4.5 : 1 (WCAG 2.2, 1.4.3).
enum HTMLStyle {
  static let sheet = """
    :root { color-scheme: light dark; --ink: #1c2127; --faint: #5b6470; --line: #dfe3e8; --paper: #ffffff; --tint: #f5f7f9;
      --bad: #b3261e; --warning: #8a5300; --unknown: #5b6470; --good: #1a7037; --link: #0b57d0; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --faint: #a3adb8; --line: #343b44; --paper: #14181d;
      --tint: #1d232a; --bad: #ff8a80; --warning: #ffb951; --unknown: #a3adb8; --good: #6fd08c; --link: #8ab4f8; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI",
      Roboto, "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; }
    main { max-width: 44rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; }
    h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .5rem; }
    h2 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
    p { margin: .25rem 0; }
    ul { margin: .25rem 0; padding-left: 1.2rem; }
    li { margin: .2rem 0; }
    small { color: var(--faint); font-size: .875rem; }
    a { color: var(--link); overflow-wrap: anywhere; }
    code { font: .85em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
    .notices { list-style: none; padding: 0; }
    .notices li { display: flex; gap: .6rem; margin: .4rem 0; padding: .5rem .75rem; background: var(--tint);
      border-left: 4px solid var(--unknown); border-radius: 4px; overflow-wrap: anywhere; }
    .notices li.bad { border-color: var(--bad); }
    .notices li.warning { border-color: var(--warning); }
    .notices li.bad .mark, .status.bad { color: var(--bad); }
    .notices li.warning .mark, .status.warning, .change.warning { color: var(--warning); }
    .notices li.unknown .mark, .status.unknown { color: var(--unknown); }
    .status.good, .change.good { color: var(--good); }
    .status { font-weight: 600; white-space: nowrap; }
    .change { color: var(--faint); font-size: .875em; white-space: nowrap; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: .95rem; margin: .25rem 0; }
    th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
    th { color: var(--faint); font-weight: 600; font-size: .8rem; }
    th:last-child, td:last-child { padding-right: 0; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    """
}
