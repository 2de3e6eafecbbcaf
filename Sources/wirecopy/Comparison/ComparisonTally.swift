import WirecopyMessages

/// Counts the differences of pages, one after the other, in bounded memory.
struct ComparisonTally {
    /// The counts of all pages so far.
    private(set) var report: ComparisonReport
    private var sites: [String: ComparisonReport.SiteChanges] = [:]

    init(stage: StageName, version: String) {
        report = ComparisonReport(stage: stage, version: version)
    }

    /// Counts one page: what is recorded of it, and what would be.
    mutating func add(
        url: String,
        host: String,
        recorded: [ComparedField],
        version: String?,
        computed: [ComparedField]
    ) {
        report.pages += 1
        if let version { report.recordedVersions[version, default: 0] += 1 }
        let site =
            sites[host] == nil && sites.count >= ComparisonReport.sitesMax
            ? ComparisonReport.otherSites : host
        var changes = sites[site] ?? ComparisonReport.SiteChanges(host: site)
        changes.pages += 1
        var isChanged = false
        for (before, after) in Self.pairs(recorded, computed) {
            let difference = Difference(before: before.values, after: after.values)
            difference.count(in: &report.fields, before.name)
            guard difference.kind != .same else { continue }
            isChanged = true
            difference.count(in: &changes.fields, before.name)
            addExample(before, after, url)
        }
        if isChanged {
            changes.changedPages += 1
            report.changedPages += 1
        }
        sites[site] = changes
    }

    /// Counts a page that cannot be compared.
    mutating func addUnreadable(_ cause: String) {
        report.unreadable += 1
        report.unreadableCause = report.unreadableCause ?? cause
    }

    /// The report of everything that was counted.
    func finished() -> ComparisonReport {
        var report = report
        report.sites = sites.values.sorted {
            ($1.changedPages, $0.host) < ($0.changedPages, $1.host)
        }
        return report
    }

    /// The fields of both sides, in the order of the side that has more of them.
    private static func pairs(
        _ recorded: [ComparedField],
        _ computed: [ComparedField]
    ) -> [(ComparedField, ComparedField)] {
        let longer = recorded.count > computed.count ? recorded : computed
        return longer.map { field in
            let none = ComparedField(field.name, [])
            return (
                recorded.first { $0.name == field.name } ?? none,
                computed.first { $0.name == field.name } ?? none
            )
        }
    }

    private mutating func addExample(_ before: ComparedField, _ after: ComparedField, _ url: String)
    {
        let known = report.examples.count { $0.field == before.name }
        guard known < ComparisonReport.examplesMax else { return }
        // Of a list only what differs is shown.
        let gone = Difference.values(of: before.values, without: after.values)
        let come = Difference.values(of: after.values, without: before.values)
        let isReordered = gone.isEmpty && come.isEmpty
        report.examples.append(
            ComparisonReport.Example(
                after: Self.text(isReordered ? after.values : come),
                before: Self.text(isReordered ? before.values : gone),
                field: before.name,
                url: url
            )
        )
    }

    private static func text(_ values: [String]) -> String? {
        guard !values.isEmpty else { return nil }
        let joined = values.joined(separator: " | ")
        guard joined.utf8.count > ComparisonReport.exampleBytesMax else { return joined }
        return String(decoding: joined.utf8.prefix(ComparisonReport.exampleBytesMax), as: UTF8.self)
            + "…"
    }
}

/// How the values of one field of one page differ.
struct Difference: Equatable {
    /// What would become of the field.
    enum Kind: Equatable {
        case same, gained, lost, changed
    }

    /// What would become of the field.
    let kind: Kind
    /// Values that would come.
    let valuesGained: Int
    /// Values that would go.
    let valuesLost: Int

    /// Compares values; their order counts, and equal values may stand several times.
    init(before: [String], after: [String]) {
        kind =
            if before == after {
                .same
            } else if before.isEmpty {
                .gained
            } else if after.isEmpty {
                .lost
            } else {
                .changed
            }
        valuesGained = kind == .same ? 0 : Self.values(of: after, without: before).count
        valuesLost = kind == .same ? 0 : Self.values(of: before, without: after).count
    }

    /// The values of a list that another list does not have, in order.
    static func values(of list: [String], without other: [String]) -> [String] {
        var counts: [String: Int] = [:]
        for value in other { counts[value, default: 0] += 1 }
        return list.filter { value in
            guard let count = counts[value], count > 0 else { return true }
            counts[value] = count - 1
            return false
        }
    }

    /// Adds this difference to the counts of its field.
    func count(in fields: inout [ComparisonReport.FieldChanges], _ name: String) {
        let index: Int
        if let known = fields.firstIndex(where: { $0.field == name }) {
            index = known
        } else {
            fields.append(ComparisonReport.FieldChanges(field: name))
            index = fields.count - 1
        }
        switch kind {
        case .same: fields[index].same += 1
        case .gained: fields[index].gained += 1
        case .lost: fields[index].lost += 1
        case .changed: fields[index].changed += 1
        }
        fields[index].valuesGained += valuesGained
        fields[index].valuesLost += valuesLost
    }
}
