import Testing

@testable import WirecopyStorage

@Suite struct CheckpointPlanTests {
    @Test func `pages are moved beside transactions once the log has enough of them`() {
        let store = PlannedStore()
        #expect(!store.commits(60))
        #expect(!store.plan.beginsWithRest())
        #expect(store.commits(40))
        #expect(!store.commits(40), "It is under way already.")
        #expect(!store.plan.beginsWithRest())
    }

    @Test func `the rest is moved between two transactions, and the log begins anew`() {
        let store = PlannedStore()
        #expect(store.commits(120))
        #expect(!store.commits(30))
        store.plan.endedBeside(isMoved: true)
        #expect(store.plan.beginsWithRest())
        store.plan.endedRest(.init(written: 150, moved: 150))
        #expect(!store.plan.beginsWithRest())
        #expect(!store.commits(99))
        #expect(store.commits(1))
    }

    @Test func `a log that a reader holds is tried again with each commit`() {
        let store = PlannedStore()
        #expect(store.commits(100))
        store.plan.endedBeside(isMoved: true)
        store.plan.endedRest(.init(written: 100, moved: 20))
        #expect(!store.plan.beginsWithRest())
        #expect(store.commits(1))
    }

    @Test func `moving that failed is tried again after the next commit`() {
        let store = PlannedStore()
        #expect(store.commits(100))
        store.plan.endedBeside(isMoved: false)
        #expect(!store.plan.beginsWithRest())
        #expect(store.commits(1))
        store.plan.endedBeside(isMoved: true)
        store.plan.endedRest(nil)
        #expect(store.commits(1))
    }

    @Test func `transactions wait for a log that has become too long`() {
        let store = PlannedStore()
        #expect(store.commits(100))
        #expect(!store.commits(300))
        #expect(!store.plan.beginsWithRest())
        #expect(!store.commits(1))
        #expect(store.plan.isTooLong)
        #expect(store.plan.beginsWithRest())
        store.plan.endedBeside(isMoved: true)
        store.plan.endedRest(.init(written: 401, moved: 401))
        #expect(!store.plan.isTooLong)
        #expect(!store.plan.beginsWithRest())
    }
}

/// A plan that can be told of commits within an expectation.
private final class PlannedStore {
    var plan = CheckpointPlan(pages: 100)

    func commits(_ pages: Int) -> Bool { plan.committed(pages) }
}
