import Testing
import WirecopyBroker
import WirecopyMessages
import WirecopyMetrics

/// Scrapes a real broker and a real worker.
@Suite(.timeLimit(.minutes(2)))
struct ScrapeTests {
    private static let fetch = ["stage": "fetch"]

    @Test func `a broker tells what became of every page`() async throws {
        let fixture = try await ScrapeFixture()
        try await fixture.publish(["fine", "fine", "again", "gone", "held"])
        let busy = try await fixture.scrape { page in
            page.sum("wirecopy_pages_ended_total") == 4
        }
        #expect(busy.value("wirecopy_queue_in_flight", Self.fetch) == 1)
        #expect(busy.value("wirecopy_pages_entered_total") == 5)
        #expect(
            busy.value("wirecopy_queue_workers", ["stage": "fetch", "presence": "present"]) == 1
        )
        #expect(busy.value("wirecopy_queue_worker_slots", Self.fetch) == 2)
        #expect(busy.value("wirecopy_broker_peers", ["role": "worker"]) == 1)
        #expect(busy.value("wirecopy_broker_ready") == 1)
        fixture.open()
        let page = try await fixture.scrape { $0.sum("wirecopy_pages_ended_total") == 5 }
        #expect(page.value("wirecopy_pages_ended_total", ["outcome": "stored"]) == 4)
        #expect(page.value("wirecopy_pages_ended_total", ["outcome": "dead"]) == 1)
        #expect(page.value("wirecopy_queue_received_total", Self.fetch) == 5)
        #expect(page.value("wirecopy_queue_done_total", Self.fetch) == 4)
        #expect(page.value("wirecopy_queue_dead", Self.fetch) == 1)
        let again = ["stage": "fetch", "error_code": "connection_failed"]
        #expect(page.value("wirecopy_queue_retried_total", again) == 1)
        let gone = ["stage": "fetch", "error_code": "http_gone"]
        #expect(page.value("wirecopy_queue_dead_letters_total", gone) == 1)
        #expect(page.sum("wirecopy_queue_finished_total", Self.fetch) == 6)
        #expect(page.value("wirecopy_queue_time_seconds_count", Self.fetch) == 6)
        // A page was two seconds old when it was handed in.
        let stored = ["outcome": "stored"]
        #expect(page.value("wirecopy_page_age_seconds_count", stored) == 4)
        #expect(page.value("wirecopy_page_age_seconds_sum", stored) ?? 0 >= 8)
        #expect(page.value("wirecopy_journal_batch_messages_count") ?? 0 >= 2)
        #expect(page.value("wirecopy_journal_commit_seconds_sum") ?? 0 > 0)
        #expect(page.value("wirecopy_journal_sync_seconds_count") ?? 0 >= 2)
        #expect(page.value("wirecopy_journal_index_lag_messages") ?? -1 >= 0)
        #expect(page.value("wirecopy_journal_damages") == 0)
        #expect(page.value("wirecopy_journal_bytes") ?? 0 > 0)
        #expect(page.value("wirecopy_journal_disk_free_bytes") ?? 0 > 0)
        #expect(
            page.value("wirecopy_build_info", ["program": "wirecopy-broker", "version": "1.2.3"])
                == 1
        )
        for stage in StageName.allCases {
            let label = ["stage": stage.rawValue]
            let leased = page.value("wirecopy_queue_leased_total", label)
            let inFlight = page.value("wirecopy_queue_in_flight", label) ?? -1
            #expect(leased == page.sum("wirecopy_queue_finished_total", label) + inFlight)
        }
        try await fixture.stop()
    }

    @Test func `a worker tells what its stage did`() async throws {
        let fixture = try await ScrapeFixture()
        try await fixture.publish(["fine", "fine", "again", "gone", "held"])
        let busy = try await fixture.scrape(ofWorker: true) { page in
            page.value("wirecopy_worker_stage_seconds_count", Self.fetch) == 5
        }
        #expect(busy.value("wirecopy_worker_busy_slots", Self.fetch) == 1)
        #expect(busy.value("wirecopy_worker_slots", Self.fetch) == 2)
        #expect(busy.value("wirecopy_worker_connected", Self.fetch) == 1)
        fixture.open()
        let page = try await fixture.scrape(ofWorker: true) { page in
            page.value("wirecopy_worker_done_total", Self.fetch) == 4
        }
        let again = ["stage": "fetch", "error_code": "connection_failed"]
        #expect(page.value("wirecopy_worker_retried_total", again) == 1)
        let gone = ["stage": "fetch", "error_code": "http_gone"]
        #expect(page.value("wirecopy_worker_rejected_total", gone) == 1)
        #expect(page.value("wirecopy_worker_received_total", Self.fetch) == 6)
        #expect(page.value("wirecopy_worker_reconnections_total", Self.fetch) == 0)
        #expect(page.value("wirecopy_worker_leases_lost_total", Self.fetch) == 0)
        #expect(page.value("process_resident_memory_bytes") ?? 0 > 1_000_000)
        try await fixture.stop()
    }

    @Test func `together they export every documented metric, and nothing else`() async throws {
        let fixture = try await ScrapeFixture()
        let broker = try await fixture.scrape().families
        let worker = try await fixture.scrape(ofWorker: true).families
        let names = Set(broker.keys).union(worker.keys)
        #expect(names == Set(Metric.allCases.map(\.name)))
        for (name, family) in broker.merging(worker, uniquingKeysWith: { first, _ in first }) {
            let metric = try #require(Metric(rawValue: name))
            #expect(family.type == metric.kind.rawValue)
            #expect(family.help == metric.help)
            for sample in family.samples {
                let labels = Set(sample.labels.keys).subtracting(["le"])
                #expect(labels == Set(metric.labels.map(\.rawValue)), "\(name) has \(labels).")
            }
        }
        try await fixture.stop()
    }

    @Test func `a scrape holds the broker's loop up for less than a millisecond`() async throws {
        let fixture = try await ScrapeFixture()
        var shortest = Double.infinity
        for _ in 0..<20 {
            let page = try await fixture.scrape()
            shortest = min(shortest, page.value("wirecopy_scrape_loop_seconds") ?? .infinity)
        }
        #expect(shortest < 0.001)
        try await fixture.stop()
    }

    @Test func `both are ready while they take work, and a worker is not once its broker is gone`()
        async throws
    {
        let fixture = try await ScrapeFixture()
        _ = try await fixture.scrape(ofWorker: true) { page in
            page.value("wirecopy_worker_connected", Self.fetch) == 1
        }
        for ofWorker in [false, true] {
            for path in ["/healthz", "/readyz"] {
                let answer = try await fixture.get(path, ofWorker: ofWorker)
                #expect(answer.status == 200)
                #expect(answer.text.contains("\"status\":\"ok\""))
            }
        }
        fixture.broker.stop()
        _ = try await fixture.scrape(ofWorker: true) { page in
            page.value("wirecopy_worker_connected", Self.fetch) == 0
        }
        let answer = try await fixture.get("/readyz", ofWorker: true)
        #expect(answer.status == 503)
        #expect(answer.text.contains("\"reasons\":[\"The broker "))
        #expect(try await fixture.get("/healthz", ofWorker: true).status == 200)
        try await fixture.stop()
    }
}
