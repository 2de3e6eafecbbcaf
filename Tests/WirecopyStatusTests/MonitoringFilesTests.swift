import Foundation
import Testing
import WirecopyBroker
import WirecopyMessages
import WirecopyMetrics

@testable import WirecopyQueue

/// The guide, the board and the alerts name the metrics that there are.
struct MonitoringFilesTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// Words of a text that look like metrics of ours, as the exposition names their families.
    private static func metrics(in text: String) -> Set<String> {
        let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")) }
        let named = words.filter { $0.hasPrefix("wirecopy_") || $0.hasPrefix("process_") }
        return Set(named.map { family(of: String($0)) })
    }

    private static func family(of name: String) -> String {
        for suffix in ["_bucket", "_sum", "_count"] where name.hasSuffix(suffix) {
            let stem = String(name.dropLast(suffix.count))
            if Metric(rawValue: stem)?.kind == .histogram { return stem }
        }
        return name
    }

    /// Expressions of every panel, variable and annotation.
    private static func expressions(in json: Any) -> [String] {
        if let list = json as? [Any] { return list.flatMap(expressions) }
        guard let object = json as? [String: Any] else { return [] }
        return object.flatMap { key, value -> [String] in
            if ["expr", "definition"].contains(key), let text = value as? String { return [text] }
            return expressions(in: value)
        }
    }

    private static func board() throws -> Any {
        let text = try text("deploy/grafana/wirecopy.json")
        return try JSONSerialization.jsonObject(with: Data(text.utf8))
    }

    @Test func `the guide explains every metric with its kind, labels and sentence`() throws {
        let rows = try Self.text("docs/guides/metrics.md").split(separator: "\n")
            .filter { $0.hasPrefix("| `wirecopy_") || $0.hasPrefix("| `process_") }
        let expected = Metric.allCases.map { metric in
            let labels = metric.labels.map { "`\($0.rawValue)`" }.joined(separator: ", ")
            return "| `\(metric.name)` | \(metric.kind.rawValue) | "
                + "\(labels.isEmpty ? "–" : labels) | \(metric.help) |"
        }
        #expect(Set(rows.map(String.init)) == Set(expected))
        #expect(rows.count == expected.count)
    }

    @Test(arguments: [
        "docs/guides/metrics.md", "deploy/prometheus/alerts.yml",
        "deploy/prometheus/alerts.test.yml",
    ])
    func `no file names a metric that is not there`(_ path: String) throws {
        let known = Set(Metric.allCases.map(\.name))
        let named = Self.metrics(in: try Self.text(path))
        #expect(named.count > 10)
        #expect(named.subtracting(known) == [])
    }

    @Test func `the board shows metrics that there are, and leaves few out`() throws {
        let board = try Self.board()
        let expressions = Self.expressions(in: board)
        #expect(expressions.count > 40)
        let known = Set(Metric.allCases.map(\.name))
        let shown = expressions.reduce(into: Set<String>()) { $0.formUnion(Self.metrics(in: $1)) }
        #expect(shown.subtracting(known) == [])
        let left = known.subtracting(shown)
        #expect(
            left == [
                "process_open_fds", "wirecopy_scrape_loop_seconds", "wirecopy_queue_paused",
                "wirecopy_queue_duplicates_total", "wirecopy_journal_retired_pages_total",
                "wirecopy_queue_worker_slots", "wirecopy_worker_connected",
                "wirecopy_worker_done_total", "wirecopy_worker_received_bytes_total",
                "wirecopy_worker_received_total", "wirecopy_worker_rejected_total",
                "wirecopy_worker_retried_total", "wirecopy_worker_sent_bytes_total",
            ]
        )
    }

    @Test func `panels of the board do not overlap and have numbers of their own`() throws {
        let board = try #require(try Self.board() as? [String: Any])
        let panels = try #require(board["panels"] as? [[String: Any]])
        var taken: Set<[Int]> = []
        var numbers: Set<Int> = []
        for panel in panels {
            let place = try #require(panel["gridPos"] as? [String: Int])
            let (x, y) = (try #require(place["x"]), try #require(place["y"]))
            let (w, h) = (try #require(place["w"]), try #require(place["h"]))
            #expect(x + w <= 24)
            for column in x..<x + w {
                for row in y..<y + h { #expect(taken.insert([column, row]).inserted) }
            }
            #expect(numbers.insert(try #require(panel["id"] as? Int)).inserted)
        }
    }

    @Test func `labels in expressions have values that there are`() throws {
        let known: [String: Set<String>] = [
            "outcome": Set(OutcomeKind.allCases.map(\.rawValue))
                .union(DeliveryEnd.allCases.map(\.rawValue)),
            "presence": ["present", "draining", "silent"],
            "refusal": Set(RefusalCode.allCases.map(\.rawValue)),
            "event": Set(BrokerNotice.Kind.allCases.map(\.rawValue)),
            "class": Set(MessageClass.allCases.map(\.rawValue)),
            "stage": Set(StageName.allCases.map(\.rawValue)),
            "error_code": Set(ErrorCode.allCases.map(\.rawValue)),
        ]
        let board = Self.expressions(in: try Self.board()).joined(separator: "\n")
        let texts = try ["deploy/prometheus/alerts.yml", "deploy/prometheus/alerts.test.yml"]
            .map { try Self.text($0) }
        var seen = 0
        for text in texts + [board] {
            for match in text.matches(of: #/([a-z_]+)(?:=|!=|=~)"([^"$]*)"/#) {
                guard let values = known[String(match.1)] else { continue }
                seen += 1
                #expect(values.contains(String(match.2)), "\(match.0)")
            }
        }
        #expect(seen > 20)
    }
}
