/// The style sheet of `ExplanationPage`, for light and dark screens, paper and large type.
enum ExplanationStyle {
    /// CSS; contrasts are at least 4.5 to 1 in both schemes (WCAG 2.2, 1.4.3).
    static let sheet = """
        :root { color-scheme: light dark; --paper: #fdfdfb; --ink: #1c1d1f; --quiet: #5b6068;
          --line: #d9dbd6; --kept: #1d6b3c; --odd: #8a5200; --lost: #f1f1ed; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #16181b; --ink: #e9e9e6; --quiet: #a3a8b0; --line: #383c42;
            --kept: #7fd39d; --odd: #f0b866; --lost: #1f2226; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 70rem;
          background: var(--paper); color: var(--ink);
          font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
        h1 { font: 600 1.9rem/1.25 Georgia, serif; margin: .1rem 0 .4rem; }
        h2 { font-size: 1.1rem; margin: 2.2rem 0 .6rem; }
        .eyebrow, .address, small, .origin { color: var(--quiet); }
        .eyebrow { margin: 0; } .address { margin: 0; }
        .facts { display: flex; flex-wrap: wrap; gap: .4rem 1.8rem; margin: 1rem 0 0; }
        .facts div { display: flex; gap: .45rem; } .facts dt { color: var(--quiet); }
        .facts dd { margin: 0; font-variant-numeric: tabular-nums; }
        .flags { border-inline-start: 4px solid var(--odd); padding-inline-start: 1rem; }
        .flags ul { padding-inline-start: 1.2rem; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: start; vertical-align: top; padding: .45rem .8rem .45rem 0;
          border-bottom: 1px solid var(--line); min-width: 6rem; }
        tbody th { white-space: nowrap; } .legend { color: var(--quiet); font-size: .9rem; }
        thead th { color: var(--quiet); font-weight: 500; }
        td:nth-child(2) { min-width: 14rem; } td:nth-child(5) { color: var(--quiet); }
        td:nth-child(4) { white-space: nowrap; }
        meter { width: 3.5rem; vertical-align: middle; }
        td small { display: block; } .missing { color: var(--quiet); }
        .pieces { list-style: none; margin: 1rem 0 0; padding: 0; }
        .pieces li { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: 0 1.2rem;
          padding: .3rem 0; border-top: 1px solid transparent; }
        .pieces p { margin: 0; } .kind { font-size: .82rem; padding-top: .15rem; }
        .kept .kind { color: var(--kept); font-weight: 600; }
        .kept p { max-width: 46rem; font-family: Georgia, serif; font-size: 1.06rem; }
        .kept.heading p { font-weight: 700; } .kept.lede p { font-weight: 600; }
        .dropped { background: var(--lost); color: var(--quiet); font-size: .9rem; }
        .dropped .kind, .dropped p { padding-inline-start: .6rem; }
        .page:has(#all:not(:checked)) .dropped { display: none; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden;
          clip-path: inset(50%); white-space: nowrap; }
        :focus-visible { outline: 3px solid var(--kept); outline-offset: 2px; }
        @media (max-width: 40rem) { .pieces li { grid-template-columns: 1fr; } }
        """
}
