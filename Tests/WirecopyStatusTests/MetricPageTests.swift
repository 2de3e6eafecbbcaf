import Testing
import WirecopyMetrics

struct MetricPageTests {
    private func text(_ page: MetricPage) -> String { String(decoding: page.bytes, as: UTF8.self) }

    @Test func `a page is written as Prometheus reads it`() {
        var page = MetricPage()
        page.add(.brokerPeers, [.init(["worker"], 3), .init(["command"], 0)])
        #expect(
            text(page) == """
                # HELP wirecopy_broker_peers Peers that have greeted.
                # TYPE wirecopy_broker_peers gauge
                wirecopy_broker_peers{role="worker"} 3
                wirecopy_broker_peers{role="command"} 0

                """
        )
    }

    @Test func `values of labels are escaped`() throws {
        var page = MetricPage()
        page.add(.buildInfo, [.init(["a\"b\\c\nd", "é\r"], 1)])
        let read = try Exposition(text(page))
        #expect(
            read.value("wirecopy_build_info", ["program": "a\"b\\c\nd", "version": "é\r"]) == 1
        )
    }

    @Test func `buckets are cumulative and end with all`() throws {
        var histogram = Histogram(.disk)
        for value in [10, 50, 51, 6_000_000, -4] { histogram.add(value) }
        histogram.add(.milliseconds(3))
        var page = MetricPage()
        page.add(.journalSyncTime, [.init([], histogram)])
        let read = try Exposition(text(page))
        let bucket = "wirecopy_journal_sync_seconds_bucket"
        #expect(read.value(bucket, ["le": "5e-05"]) == 3)
        #expect(read.value(bucket, ["le": "0.0001"]) == 4)
        #expect(read.value(bucket, ["le": "0.005"]) == 5)
        #expect(read.value(bucket, ["le": "5"]) == 5)
        #expect(read.value(bucket, ["le": "+Inf"]) == 6)
        #expect(read.value("wirecopy_journal_sync_seconds_count") == 6)
        #expect(read.value("wirecopy_journal_sync_seconds_sum") == 6.003111)
    }

    @Test(arguments: Metric.allCases)
    func `every metric has a sentence and a name that fits its kind`(_ metric: Metric) throws {
        #expect(metric.help.hasSuffix("."), "\(metric.name) has no sentence.")
        #expect((metric.kind == .counter) == metric.name.hasSuffix("_total"))
        let labels = metric.labels.map { _ in "x" }
        var page = MetricPage()
        if metric.kind == .histogram {
            page.add(metric, [.init(labels, Histogram(.work))])
        } else {
            page.add(metric, [.init(labels, 1)])
        }
        #expect(try Exposition(text(page)).families.keys.sorted() == [metric.name])
    }

    @Test(arguments: [
        "x 1", "# HELP x Y.\nx 1\n", "# HELP x Y.\n# TYPE x gauge\nx{a=\"b} 1\n",
        "# HELP x Y.\n# TYPE x gauge\nx{a=\"b\\q\"} 1\n", "# HELP x Y.\n# TYPE x gauge\nx one\n",
        "# HELP x Y.\n# TYPE x counter\nx 1\n", "# HELP x Y.\n# TYPE x gauge\ny 1\n",
        "# HELP x Y.\n# TYPE x gauge\nx 1\nx 1\n", "# HELP 9x Y.\n# TYPE 9x gauge\n",
        "# HELP x Y.\n# TYPE x gauge\nx{a=\"b\",} 1\n", "# HELP x Y.\n# TYPE x gauge\nx{} 1 \n",
        "# HELP x Y.\n# TYPE x histogram\nx_bucket{le=\"1\"} 2\nx_bucket{le=\"+Inf\"} 1\n",
    ])
    func `the reader of these tests refuses what is not the format`(_ text: String) {
        #expect(throws: Exposition.Fault.self) { try Exposition(text) }
    }
}
