import Foundation
import Testing
import WirecopyMessages

private let python = URL(filePath: "/usr/bin/python3")

private let canRun: Bool = {
    let probe = Process()
    probe.executableURL = python
    probe.arguments = ["-c", "import zmq"]
    probe.standardError = FileHandle.nullDevice
    guard (try? probe.run()) != nil else { return false }
    probe.waitUntilExit()
    return probe.terminationStatus == 0
}()

/// Plays the broker to the worker in Python, so that the wire protocol stays one that others can
/// speak. Skipped where Debian's python3-zmq is not installed.
@Suite(.timeLimit(.minutes(1)), .enabled(if: canRun))
struct PythonExtractorTests {
    /// A broker that is late on a loaded machine must not look silent to the worker.
    private static let heartbeatMilliseconds = 20_000

    @Test func `the worker in Python annotates, reconnects and leaves in order`() async throws {
        let broker = try FakeBroker()
        await broker.setTimes(heartbeat: Self.heartbeatMilliseconds)
        let worker = try start(try await broker.start())
        defer { worker.terminate() }
        let hello = await broker.hello { $0.held.isEmpty }
        #expect(hello.stage == .extract)
        #expect(hello.stageVersion == "python-1")
        #expect(await broker.credit().messagesTotal == 8)

        let message = try article("Then Ada Quist of Älvkarl said “We’ll go.”")
        try await broker.deliver([message], priority: .retry)
        let first = await broker.done()
        let output = try #require(first.first?.outputs.first)
        #expect(output.envelope.parent == message.envelope.id)
        #expect(output.envelope.priority == .retry)
        let annotated = try AnnotatedArticle(json: output.data)
        let text = Array(annotated.article.mainText.utf8)
        let names = annotated.mentions.map {
            String(decoding: text[$0.range.start..<$0.range.end], as: UTF8.self)
        }
        #expect(names == ["Then Ada Quist of Älvkarl"])
        #expect(annotated.quotations.map(\.range.count) == ["“We’ll go.”".utf8.count])

        try await broker.forgetPeer()
        // A worker that was not answered in time greets again; what it holds tells which this is.
        #expect(await broker.hello { !$0.held.isEmpty }.held == [lease(1)])
        #expect(await broker.done() == first)
        worker.terminate()
        #expect(await broker.drained().isEmpty)
        try await broker.settle([lease(1)], isFirst: false)
        await broker.bye()
        worker.waitUntilExit()
        #expect(worker.terminationStatus == 0)
    }

    @Test func `the worker in Python buries what it cannot read`() async throws {
        let broker = try FakeBroker()
        await broker.setTimes(heartbeat: Self.heartbeatMilliseconds)
        let worker = try start(try await broker.start())
        defer { worker.terminate() }
        _ = await broker.credit()
        let envelope = try article("Text.").envelope
        try await broker.deliver([Message(envelope: envelope, data: Array("[1".utf8))])
        let failure = await broker.failures().first?.failure
        #expect(failure?.code == .dataInvalid)
        #expect(failure?.disposition == .bury)
        worker.terminate()
        try await broker.settle([lease(1)])
        await broker.bye()
        worker.waitUntilExit()
    }

    private func start(_ endpoint: String) throws -> Process {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let worker = Process()
        worker.executableURL = python
        worker.arguments = [
            root.appending(path: "scripts/python-extractor.py").path, "--broker", endpoint,
        ]
        worker.standardError = FileHandle.nullDevice
        try worker.run()
        return worker
    }

    private func article(_ text: String) throws -> Message {
        let json = """
            {"encoding":"utf-8","fetched_at_ms":1,"origin":"test","paragraphs":\
            [{"kind":"body","text":"\(text)"}],"url":"https://news.example/1"}
            """
        var envelope = request("news.example").envelope
        envelope.kind = .parsedArticle
        return Message(envelope: envelope, payload: try ParsedArticle(json: Array(json.utf8)))
    }
}
