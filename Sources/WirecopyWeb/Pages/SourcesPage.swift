import WirecopyMessages
import WirecopyStorage

/// Watched sources, those in trouble first.
struct SourcesPage {
    /// The sources of this page with how they do, or why they are not known.
    let found: Result<SourceHealthReport, WebFailure>
    /// Where the list goes on.
    let next: Int?
    let now: Instant

    /// The page.
    var document: Document {
        Document(title: "Sources", part: .sources, main: main)
    }

    private var main: HTML {
        """
        <h1>Sources</h1>
        <p class="hint"><a href="/cites">Who cites whom</a>: outlets, agencies and other sources \
        of articles.</p>
        \(list)
        """
    }

    private var list: HTML {
        switch found {
        case .failure(let failure): return Parts.nothing("\(failure.message)")
        case .success(let report):
            guard !report.sources.isEmpty else {
                return Parts.nothing(
                    "Nothing is watched. <code>wirecopy watch https://example.org/</code> begins."
                )
            }
            return table(report)
                + (next.map { Parts.next("/sources", [("after", String($0))], "More sources") }
                    ?? .empty)
        }
    }

    private func table(_ report: SourceHealthReport) -> HTML {
        let rows = zip(report.sources, report.health).sorted { left, right in
            (Self.isTrouble(left.1) ? 0 : 1, left.0.url)
                < (Self.isTrouble(right.1) ? 0 : 1, right.0.url)
        }
        return Parts.table(
            "Sources with how they do",
            [
                .init("State"), .init("Source"), .init("New, 14 days"), .init("Last answer"),
                .init("Next poll"), .init("Stored", isNumber: true), .init("Dated", isNumber: true),
                .init("Full text", isNumber: true),
            ],
            rows.map { row($0, $1) }
        )
    }

    private static func isTrouble(_ health: SourceHealthReport.Health) -> Bool {
        health.state != "ok" && health.state != "new"
    }

    private func row(_ source: SourcesReport.Source, _ health: SourceHealthReport.Health) -> HTML {
        let why = health.why.map {
            "<small class=\"why\" dir=\"auto\">\(Parts.cut($0))</small>" as HTML
        }
        let title = source.title.map { Parts.name($0, max: 100) + "<br>" }
        let last = source.lastSuccessMs.map {
            Quantity.duration(milliseconds: max(0, now.milliseconds - $0)) + " ago"
        }
        let left = source.dueMs - now.milliseconds
        return """
            <tr><th scope="row"><span class="state \(health.state)">\(health.state)</span></th>\
            <td>\(title ?? .empty)\(Parts.outside(source.url))\(cites(source))\(why ?? .empty)</td>\
            <td>\(days(source))</td><td>\(last ?? "never")</td>\
            <td>\(left > 0 ? "in " + Quantity.duration(milliseconds: left) : "now")</td>\
            <td class="number">\(health.stored.map { Figure.count($0.articles) } ?? "–")</td>\
            <td class="number">\(health.stored?.withDate.map(Figure.share) ?? "–")</td>\
            <td class="number">\(health.stored?.withText.map(Figure.share) ?? "–")</td></tr>
            """
    }

    /// Who cites the source, and whom it cites.
    private func cites(_ source: SourcesReport.Source) -> HTML {
        let parts = source.url.split(separator: "/", maxSplits: 2)
        guard parts.count > 1 else { return .empty }
        let host = parts[1].prefix { $0 != ":" && $0 != "?" }
        let link = CitesPage.link(String(host), "who cites it")
        return link.isEmpty ? .empty : " <small>\(link)</small>"
    }

    /// New addresses a day as small bars, today at the right.
    private func days(_ source: SourcesReport.Source) -> HTML {
        let today = now.milliseconds / 86_400_000
        let count = SourceHealth.daysMax
        let found = Dictionary(source.days.map { ($0.day, $0.found) }) { $0 + $1 }
        let values = (0..<count).map { found[today - count + 1 + $0] ?? 0 }
        let top = max(values.max() ?? 0, 1)
        let bars = values.enumerated().map { index, value -> HTML in
            let height = value == 0 ? 0 : max(1, value * 20 / top)
            return
                "<rect x=\"\(index * 5)\" y=\"\(21 - height)\" width=\"4\" height=\"\(height)\"/>"
        }
        let sum = values.reduce(0, +)
        return """
            <svg class="bars" viewBox="0 0 \(count * 5) 22" role="img" \
            aria-label="\(Figure.count(sum)) new in \(count) days">\(bars.joined())</svg> \
            <span aria-hidden="true">\(Figure.count(sum))</span>
            """
    }
}
