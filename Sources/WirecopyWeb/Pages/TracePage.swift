import WirecopyMessages

/// The whole way of the pages of one address.
struct TracePage {
    private static let stepsMax = 60

    let url: String
    let found: Result<TraceReport, WebFailure>

    /// The page.
    var document: Document {
        Document(title: "Way of \(url)", main: main)
    }

    private var main: HTML {
        """
        <header>
        <p class="eyebrow">Way through the stages</p>
        <h1 class="long">\(Parts.outside(url))</h1>
        </header>
        \(list)
        """
    }

    private var list: HTML {
        switch found {
        case .failure(let failure): return Parts.nothing("\(failure.message)")
        case .success(let report):
            guard !report.lineages.isEmpty else {
                return Parts.nothing("No page with this address ever entered the queue.")
            }
            return report.lineages.enumerated().reversed().map(lineage).joined(separator: "\n")
        }
    }

    private func lineage(_ number: Int, _ lineage: TraceReport.Lineage) -> HTML {
        let end = lineage.outcome ?? "in flight"
        let article = lineage.article.map { id -> HTML in
            " · <a href=\"/articles/\(id)\">the article</a>"
        }
        let reason = lineage.reason.map { " (\($0))" } ?? ""
        let rows = lineage.steps.prefix(Self.stepsMax).map { step -> HTML in
            let made = step.source + (step.stageVersion.map { " \($0)" } ?? "")
            let work = step.serviceMs.map { Quantity.duration(milliseconds: $0) } ?? ""
            return """
                <tr><th scope="row"><code>\(step.kind)</code></th>\
                <td class="number">+\(Figure.count(step.queuedAtMs - lineage.enteredAtMs)) ms</td>\
                <td>\(step.state)</td><td class="number">\(work)</td>\
                <td class="number">\(Quantity.bytes(step.bytes))</td>\
                <td>\(Parts.name(made, max: 80))</td></tr>
                """
        }
        let attempts = lineage.steps.flatMap(\.attempts)
        return Parts.section(
            "entered-\(number)",
            "Entered \(Figure.moment(lineage.enteredAtMs))",
            "<p>\(end)\(reason)\(article ?? .empty)</p>"
                + Parts.table(
                    "Messages of the page",
                    [
                        .init("Message"), .init("At", isNumber: true), .init("State"),
                        .init("Work", isNumber: true), .init("Size", isNumber: true),
                        .init("Made by"),
                    ],
                    rows
                ) + AttemptList(attempts).html
        )
    }
}
