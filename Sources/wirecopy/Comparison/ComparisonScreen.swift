import WirecopyMessages

/// A comparison as people read it: the fields, the sites, and a few pages of each field.
struct ComparisonScreen {
    /// Sites that are shown; all of them are in `--json`.
    private static let sitesMax = 20

    private let report: ComparisonReport

    init(_ report: ComparisonReport) { self.report = report }

    /// The lines; those of tables are none longer than `columns`.
    func lines(columns: Int) -> [String] {
        let pages = Quantity.count(report.pages, "page")
        var lines = [
            "\(pages) compared with \(report.stage.rawValue) \(report.version); "
                + "\(report.changedPages) would change; nothing was written"
        ]
        if !report.recordedVersions.isEmpty {
            let versions = report.recordedVersions.sorted { $0.key < $1.key }
            lines.append(
                "recorded: " + versions.map { "\($0.value) by \($0.key)" }.joined(separator: ", ")
            )
        }
        if let cause = report.unreadableCause {
            lines.append("\(report.unreadable) cannot be read: \(cause)")
        }
        guard report.changedPages > 0 else { return lines.map(Terminal.safe) }
        lines += [""] + fields(report.fields, columns)
        lines += [""] + sites(columns)
        lines += [""] + examples
        return lines.map(Terminal.safe)
    }

    private func fields(_ fields: [ComparisonReport.FieldChanges], _ columns: Int) -> [String] {
        var table = Table([
            ("FIELD", .left), ("GAINED", .right), ("LOST", .right), ("CHANGED", .right),
            ("SAME", .right), ("VALUES +", .right), ("VALUES -", .right),
        ])
        for field in fields where field.gained + field.lost + field.changed > 0 {
            table.add([
                field.field, "\(field.gained)", "\(field.lost)", "\(field.changed)",
                "\(field.same)", "\(field.valuesGained)", "\(field.valuesLost)",
            ])
        }
        return table.lines(columns: columns)
    }

    private func sites(_ columns: Int) -> [String] {
        var table = Table([
            ("SITE", .left), ("PAGES", .right), ("WOULD CHANGE", .right), ("FIELDS", .left),
        ])
        let changed = report.sites.filter { $0.changedPages > 0 }
        for site in changed.prefix(Self.sitesMax) {
            let fields = site.fields.map { field in
                "\(field.field) +\(field.gained) -\(field.lost) ~\(field.changed)"
            }
            table.add([
                site.host, "\(site.pages)", "\(site.changedPages)",
                fields.joined(separator: ", "),
            ])
        }
        let rest = changed.count - Self.sitesMax
        return table.lines(columns: columns)
            + (rest > 0 ? ["and \(Quantity.count(rest, "site")) more; see --json"] : [])
    }

    private var examples: [String] {
        let order = report.fields.map(\.field)
        let sorted = order.flatMap { field in report.examples.filter { $0.field == field } }
        return sorted.flatMap { example in
            [
                "\(example.field)  \(example.url)",
                "  - \(example.before ?? "nothing")",
                "  + \(example.after ?? "nothing")",
            ]
        }
    }
}
