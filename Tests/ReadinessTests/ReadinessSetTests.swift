import Foundation
import Glibc
import Readiness
import Testing

/// Waiting for descriptors, with pipes.
@Suite struct ReadinessSetTests {
    private func withPipe(_ body: (_ reading: Int32, _ writing: Int32) -> Void) throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        body(ends[0], ends[1])
        for end in ends { close(end) }
    }

    private func ready(_ set: ReadinessSet, milliseconds: Int32 = 0) -> [Int32] {
        var found: [Int32] = []
        set.wait(milliseconds: milliseconds) { found.append($0.descriptor) }
        return found
    }

    @Test func `a descriptor is reported while there is something to read`() throws {
        let set = ReadinessSet()
        try withPipe { reading, writing in
            set.watch(reading, reading: true, writing: false)
            #expect(ready(set).isEmpty)
            write(writing, "tide", 4)
            #expect(ready(set) == [reading])
            #expect(ready(set) == [reading])
            set.forget(reading)
            #expect(ready(set).isEmpty)
            #expect(!set.isWatched(reading))
        }
    }

    @Test func `what is watched for can change`() throws {
        let set = ReadinessSet()
        try withPipe { _, writing in
            set.watch(writing, reading: true, writing: false)
            #expect(ready(set).isEmpty)
            set.watch(writing, reading: false, writing: true)
            #expect(ready(set) == [writing])
            set.watch(writing, reading: false, writing: false)
            #expect(ready(set).isEmpty)
        }
    }

    @Test func `a peer that leaves is told`() throws {
        let set = ReadinessSet()
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        set.watch(ends[0], reading: true, writing: false)
        close(ends[1])
        var isBroken = false
        set.wait(milliseconds: 0) { isBroken = $0.isBroken }
        #expect(isBroken)
        close(ends[0])
    }

    @Test func `what is forgotten while others are reported is not reported`() throws {
        let set = ReadinessSet()
        try withPipe { first, _ in
            try? withPipe { second, writing in
                let twin = dup(writing)
                set.watch(writing, reading: false, writing: true)
                set.watch(twin, reading: false, writing: true)
                var reported = 0
                set.wait(milliseconds: 0) { _ in
                    reported += 1
                    set.forget(writing)
                    set.forget(twin)
                }
                #expect(reported == 1)
                #expect(first >= 0 && second >= 0)
                close(twin)
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a wait is ended from another thread, also when it begins later`() {
        let set = ReadinessSet()
        set.wake()
        #expect(ready(set, milliseconds: -1).isEmpty)
        Thread.detachNewThread { set.wake() }
        #expect(ready(set, milliseconds: -1).isEmpty)
    }
}
