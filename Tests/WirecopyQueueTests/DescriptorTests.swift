import Foundation
import Glibc
import Synchronization
import Testing
import WirecopyMessages

@testable import WirecopyQueue

/// Asks again and again for a lock that another holds.
private final class Refusals: Sendable {
    static let attempts = 5000

    private let refused = Atomic(0)
    private let hasEnded = Atomic(false)

    var count: Int { refused.load(ordering: .relaxed) }
    var isOver: Bool { hasEnded.load(ordering: .acquiring) }

    func run(in directory: String) {
        for _ in 0..<Self.attempts {
            do throws(QueueFailure) {
                _ = try JournalLock(directory: directory)
            } catch {
                if error.code == .journalInUse { refused.add(1, ordering: .relaxed) }
            }
        }
        hasEnded.store(true, ordering: .releasing)
    }
}

@Suite struct DescriptorTests {
    @Test func `a journal that is refused closes no file of others`() throws {
        let directory = try TemporaryDirectory()
        let owner = try JournalLock(directory: directory.path)
        let refusals = Refusals()
        Thread.detachNewThread { refusals.run(in: directory.path) }
        var lost = 0
        // A number that is given back too often is meanwhile the number of one of these files.
        while !refusals.isOver {
            let own = (0..<16).map { _ in open("/dev/null", O_RDONLY | O_CLOEXEC) }
            lost += own.count { close($0) != 0 }
        }
        withExtendedLifetime(owner) {}
        #expect(refusals.count == Refusals.attempts)
        #expect(lost == 0)
    }

    /// The number under which this process has a file open.
    private static func descriptor(of path: String) throws -> Int32? {
        let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        return try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
            .compactMap { Int32($0) }
            .first { number in
                let link = "/proc/self/fd/\(number)"
                return (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) == real
            }
    }

    @Test func `a segment that cannot be written any more breaks the journal for good`() throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        let request = maker.request()
        let journal = try LogJournal(directory: directory.path)
        let first = JournalChange.acknowledge(position: 1, outputs: [maker.page(from: request)])
        _ = try journal.commit([.append(request), first], now: .ms(1))

        // A file for reading alone in its place: each write fails with EBADF.
        let segment = "\(directory.path)/segments/00000001.warc.gz"
        let number = try #require(try Self.descriptor(of: segment))
        let other = open(segment, O_RDONLY | O_CLOEXEC)
        #expect(dup2(other, number) == number)
        close(other)

        let commit = GroupCommit(to: journal, now: { .ms(2) })
        let page = maker.page(from: request)
        var answers: [JournalJobAnswer] = []
        commit.run([
            JournalJob(id: 1, .change([.acknowledge(position: 2, outputs: [page])])),
            JournalJob(id: 2, .change([.append(maker.request())])),
        ]) { answers += $0 }
        commit.run([JournalJob(id: 3, .change([.append(maker.request())]))]) { answers += $0 }
        guard answers.count == 1, case .broken(let failure) = answers[0] else {
            Issue.record("\(answers)")
            return
        }
        #expect(failure.code == .journalBroken)
        #expect(failure.message.contains("errno \(EBADF)"))
        let copy = try directory.crashCopy()
        let reopened = try LogJournal(directory: copy.path)
        #expect(try reopened.openEntries(at: [1, 2, 3, 4]).map(\.position) == [2])
    }
}
