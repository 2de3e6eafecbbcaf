import Synchronization
import Testing
import WirecopyMessages

@testable import WirecopyQueue

@Suite struct GroupCommitTests {
    @Test func `everything that waits goes into one transaction`() {
        var maker = MessageMaker()
        let commit = GroupCommit(to: InMemoryJournal(), now: { .ms(1) })
        let jobs = (1...5).map { id in
            JournalJob(id: id, .change([.append(maker.request()), .append(maker.request())]))
        }
        var groups: [[JournalJobAnswer]] = []
        commit.run(jobs) { groups.append($0) }
        #expect(groups.count == 1)
        #expect(groups[0].count == 5)
        guard case .changed(id: 5, let answers) = groups[0][4] else {
            Issue.record("\(groups)")
            return
        }
        #expect(answers.compactMap(\.entry).map(\.position) == [9, 10])
    }

    @Test func `a group ends at its limit`() {
        var maker = MessageMaker()
        let commit = GroupCommit(to: InMemoryJournal(), now: { .ms(1) })
        let jobs = (1...3).map { id in
            JournalJob(id: id, .change((0..<600).map { _ in .append(maker.request()) }))
        }
        var sizes: [Int] = []
        commit.run(jobs) { sizes.append($0.count) }
        #expect(sizes == [2, 1])
    }

    @Test func `a refill sees what was handed in before it and nothing later`() {
        var maker = MessageMaker()
        let commit = GroupCommit(to: InMemoryJournal(), now: { .ms(1) })
        let request = RefillRequest(stage: .fetch, priority: .live, after: 0, limit: 10)
        let jobs = [
            JournalJob(id: 1, .change([.append(maker.request())])),
            JournalJob(id: 2, .refill(request)),
            JournalJob(id: 3, .change([.append(maker.request())])),
            JournalJob(id: 4, .lookUp([1, 2, 3])),
        ]
        var counts: [Int] = []
        commit.run(jobs) { answers in
            for case .entries(_, let entries) in answers { counts.append(entries.count) }
        }
        #expect(counts == [1, 2])
    }

    @Test func `a thread answers in order and ends when it is told`() {
        let answers = Mutex<[Int]>([])
        let thread = WorkThread<Int, Int>(
            name: "test",
            wake: {},
            handle: { jobs, answer in
                answer(jobs.map { $0 * 2 })
            }
        )
        for number in 1...1000 { thread.submit(number) }
        thread.finish()
        thread.join()
        answers.withLock { $0 = thread.takeAnswers() }
        #expect(answers.withLock { $0 } == (1...1000).map { $0 * 2 })
    }
}
