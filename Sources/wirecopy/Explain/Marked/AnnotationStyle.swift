import WirecopyMessages

/// The style sheet of `AnnotationPage`, for light and dark screens, phones and paper.
enum AnnotationStyle {
    /// CSS for the types that a page has; contrasts of text are at least 4.5 to 1 in both schemes
    /// (WCAG 2.2, 1.4.3), and no mark is told by its colour alone.
    static func sheet(types: [EntityType]) -> String {
        let colours = types.map { type in
            ".\(type.rawValue) { --hue: \(hue(of: type)); --strength: \(strength(of: type)); }"
        }
        let hidden = types.map { type in
            "body:has(#show-\(type.rawValue):not(:checked)) article .m.\(type.rawValue)"
        }
        let off = hidden.isEmpty ? "" : hidden.joined(separator: ",\n") + "\n" + unmarked
        return ([base, text, lists, narrow] + colours + [off]).joined(separator: "\n")
    }

    /// Degrees on the circle of OKLCH; neighbours in a text differ most.
    private static func hue(of type: EntityType) -> Int {
        switch type {
        case .person: 255
        case .organisation: 305
        case .politicalPlace: 155
        case .place: 125
        case .facility: 100
        case .group: 55
        case .event: 350
        case .product: 200
        case .weapon: 25
        case .work: 280
        case .law: 75
        case .other: 230
        }
    }

    private static func strength(of type: EntityType) -> Double { type == .other ? 0.15 : 1 }

    private static let unmarked =
        "{ background: none; border-color: transparent; padding: 0; margin: 0; }"

    private static let base = """
        :root { color-scheme: light dark; --paper: #fdfdfb; --ink: #1c1d1f; --quiet: #5b6068;
          --line: #dddfda; --card: #f5f5f1; --link: #1f4f9e; --said: #f4efdc; --edge: #8d7420;
          --value: #0d6470; --back: .93; --chroma: .05; --rule: .58; --target: #fff3b8; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #16181b; --ink: #e9e9e6; --quiet: #a6abb3; --line: #363a40;
            --card: #1e2125; --link: #9dc0ff; --said: #2a281d; --edge: #c5ab58;
            --value: #7cd3df; --back: .33; --chroma: .07; --rule: .72; --target: #4a431b; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 88rem;
          background: var(--paper); color: var(--ink);
          font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
        a { color: inherit; } small, .eyebrow, .address { color: var(--quiet); }
        h1 { font: 600 2rem/1.22 Georgia, serif; margin: .1rem 0 .4rem; max-width: 48rem; }
        h2 { font-size: 1.05rem; margin: 0 0 .6rem; }
        h3 { font-size: .82rem; margin: 1rem 0 .3rem; }
        .eyebrow, .address { margin: 0; }
        .legend { border: 0; border-block: 1px solid var(--line); margin: 1.4rem 0 1.8rem;
          padding: .7rem 0; display: flex; flex-wrap: wrap; gap: .45rem .6rem; font-size: .9rem; }
        .legend legend { position: absolute; width: 1px; height: 1px; overflow: hidden;
          clip-path: inset(50%); }
        .legend label { display: inline-flex; align-items: center; gap: .35rem; cursor: pointer;
          padding: .1rem .6rem .1rem .4rem; border-radius: 1rem; border: 1px solid var(--line); }
        .legend label[class] { border-color: oklch(var(--rule) calc(.12 * var(--strength, 0))
          var(--hue, 0)); background: oklch(var(--back) calc(var(--chroma) * var(--strength, 0))
          var(--hue, 0)); }
        .legend label.said { background: var(--said); border-color: var(--edge); }
        .legend label.cited { background: none; border-style: dashed; border-color: var(--quiet); }
        .legend label.value { background: none; border-color: var(--value); }
        .legend input { accent-color: var(--link); margin: 0; }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden;
          clip-path: inset(50%); white-space: nowrap; }
        """

    private static let text = """
        .columns { display: grid; grid-template-columns: minmax(0, 44rem) minmax(18rem, 1fr);
          gap: 3rem; align-items: start; }
        article p { margin: 0 0 1.05rem; font: 1.1rem/1.72 Georgia, serif; }
        article a { text-decoration: none; }
        .m { border-bottom: 2px solid oklch(var(--rule) calc(.14 * var(--strength)) var(--hue));
          background: oklch(var(--back) calc(var(--chroma) * var(--strength)) var(--hue));
          padding: .05em .18em; margin: 0 -.06em; border-radius: .2em .2em 0 0;
          box-decoration-break: clone; -webkit-box-decoration-break: clone; }
        .said { background: var(--said); padding: .12em 0; box-decoration-break: clone;
          -webkit-box-decoration-break: clone; }
        .q.indirect { background: none; border-bottom: 2px dotted var(--edge); }
        .q.not_speech { border-bottom: 1px dashed var(--quiet); }
        .by { font: .74rem/1.3 system-ui, sans-serif; white-space: nowrap; margin-inline: .3em .1em;
          padding: .08rem .45rem; border: 1px solid var(--edge); border-radius: 1rem;
          vertical-align: .12em; color: var(--ink); }
        .by small { font-size: .92em; } a.by:hover { background: var(--said); }
        article .value { color: var(--value); border-bottom: 1px solid; }
        article .role { border-bottom: 2px double var(--link); }
        article .cited { border-bottom: 1px dashed var(--quiet); }
        [data-tip] { position: relative; }
        [data-tip]:hover::after, [data-tip]:focus-visible::after { content: attr(data-tip);
          position: absolute; inset-inline-start: 0; bottom: calc(100% + .25rem); z-index: 2;
          width: max-content; max-width: min(22rem, 70vw); padding: .3rem .6rem;
          border-radius: .4rem; background: var(--ink); color: var(--paper);
          font: .8rem/1.35 system-ui, sans-serif; pointer-events: none; }
        article :target, article :target + *, article :has(> span:target) {
          outline: 3px solid var(--edge); outline-offset: 2px; border-radius: 2px; }
        body:has(#show-said:not(:checked)) article .q { background: none; border: 0; }
        body:has(#show-said:not(:checked)) article .by { display: none; }
        body:has(#show-cited:not(:checked)) article .cited { border: 0; }
        body:has(#show-value:not(:checked)) article .value { color: inherit; border: 0; }
        """

    private static let lists = """
        aside { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow-y: auto;
          font-size: .93rem; scrollbar-width: thin; padding-inline-end: .4rem; }
        aside section { border-top: 1px solid var(--line); padding: 1rem 0 1.2rem; }
        aside section:first-child { border: 0; padding-top: 0; }
        aside h3 { color: var(--quiet); font-weight: 600; }
        details { border-inline-start: 4px solid oklch(var(--rule) calc(.14 * var(--strength))
          var(--hue)); background: var(--card); margin: .3rem 0; padding: .3rem .7rem;
          border-radius: 0 .4rem .4rem 0; }
        .cards { display: grid; gap: .3rem;
          grid-template-columns: repeat(auto-fill, minmax(min(11rem, 100%), 1fr)); }
        aside [id] { scroll-margin-top: 5rem; } article [id] { scroll-margin-top: 30vh; }
        .cards details { margin: 0; } details:is([open], :has(:target)) { grid-column: 1 / -1; }
        summary { cursor: pointer; } .also { color: var(--quiet); display: block; }
        details:has(:target) { background: var(--target); }
        details ul, .places { margin: .4rem 0; padding-inline-start: 1.1rem; }
        .places { list-style: none; padding: 0; color: var(--quiet); font-size: .88rem; }
        .places li { padding: .1rem 0; } .places a { text-decoration: none; }
        .places a:hover { text-decoration: underline; }
        mark { background: none; color: var(--ink); font-weight: 600; }
        .statements, .sources { list-style: none; padding: 0; margin: 0; }
        .statements li { padding: .25rem 0 .25rem .8rem; margin: .2rem 0;
          border-inline-start: 3px solid var(--edge); }
        .statements a { text-decoration: none; font-family: Georgia, serif; }
        .statements a:hover { text-decoration: underline; } .statements + h3 { margin-top: 1rem; }
        #statements ~ h3 { color: var(--ink); font-size: .95rem; }
        .sources li { padding: .2rem 0; } .sources q { color: var(--quiet); }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: start; vertical-align: top; padding: .3rem .6rem .3rem 0;
          border-bottom: 1px solid var(--line); font-weight: 400; width: 50%; }
        tbody th a { color: var(--value); } tr:has(:target) { background: var(--target); }
        td { font-variant-numeric: tabular-nums; }
        """

    private static let narrow = """
        @media (max-width: 62rem) { .columns { grid-template-columns: minmax(0, 44rem); gap: 1rem; }
          aside { position: static; max-height: none; overflow: visible; }
          body { padding-top: 1.2rem; } h1 { font-size: 1.6rem; } }
        @media print { .legend { display: none; } aside { position: static; max-height: none; } }
        """
}
