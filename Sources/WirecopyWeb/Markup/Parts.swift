import WirecopyMessages

/// Small pieces of markup that several pages have.
enum Parts {
    /// Characters of a title or name that a list shows.
    static let nameMax = 300

    /// A text from outside, cut to what a list has room for, in a direction of its own.
    static func name(_ text: String, max: Int = nameMax) -> HTML {
        "<bdi>\(cut(text, max))</bdi>"
    }

    /// The first characters of a text, with an ellipsis when it goes on.
    static func cut(_ text: String, _ max: Int = nameMax) -> String {
        let head = text.prefix(max)
        return head.endIndex == text.endIndex ? text : head + "…"
    }

    /// A link to an address of the web, or its text alone where it is none that may be visited.
    static func outside(_ url: String, _ label: HTML? = nil) -> HTML {
        let shown = label ?? name(url, max: 120)
        let lower = url.prefix(8).lowercased()
        guard lower.hasPrefix("http://") || lower.hasPrefix("https://"),
            url.utf8.count <= WebLimits.addressMax
        else { return shown }
        return
            "<a class=\"outside\" href=\"\(url)\" rel=\"noreferrer noopener nofollow\">\(shown)</a>"
    }

    /// A section with a heading.
    static func section(_ id: String, _ heading: HTML, _ content: HTML) -> HTML {
        content.isEmpty
            ? .empty
            : """
            <section aria-labelledby="\(id)">
            <h2 id="\(id)">\(heading)</h2>
            \(content)
            </section>

            """
    }

    /// A table that scrolls sideways where the screen is narrow.
    ///
    /// - Parameters:
    ///   - caption: what it lists, for those who do not see it.
    ///   - heads: titles of its columns; those of numbers are set to the right.
    ///   - rows: its rows, each with its own cells.
    /// - Returns: the table in a region that the keyboard reaches.
    static func table(_ caption: String, _ heads: [Head], _ rows: [HTML]) -> HTML {
        let titles = heads.map { head -> HTML in
            let style: HTML = head.isNumber ? " class=\"number\"" : ""
            return "<th scope=\"col\"\(style)>\(head.title)</th>"
        }
        return """
            <div class="wide" role="region" aria-label="\(caption)" tabindex="0">
            <table>
            <caption class="unseen">\(caption)</caption>
            <thead><tr>\(titles.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            </div>
            """
    }

    /// A column of a table.
    struct Head {
        let title: String
        let isNumber: Bool

        init(_ title: String, isNumber: Bool = false) {
            self.title = title
            self.isNumber = isNumber
        }
    }

    /// A list of facts: names and values.
    static func facts(_ facts: [(String, HTML)]) -> HTML {
        let rows = facts.map { name, value -> HTML in "<div><dt>\(name)</dt><dd>\(value)</dd></div>"
        }
        return rows.isEmpty ? .empty : "<dl class=\"facts\">\(rows.joined())</dl>"
    }

    /// A link to the next page of a list.
    static func next(_ path: String, _ query: [(String, String?)], _ label: String) -> HTML {
        "<p class=\"more\"><a rel=\"next\" href=\"\(link(path, query))\">\(label)</a></p>"
    }

    /// A path with its query; what is `nil` or empty is left out.
    static func link(_ path: String, _ query: [(String, String?)]) -> String {
        let pairs = query.compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : "\(name)=\(PercentCoding.encoded($0))" }
        }
        return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
    }

    /// A sentence that stands where a list would be.
    static func nothing(_ sentence: HTML) -> HTML { "<p class=\"nothing\">\(sentence)</p>" }
}
