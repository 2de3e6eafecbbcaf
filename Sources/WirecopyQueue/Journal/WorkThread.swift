import Dispatch
import Foundation
import Synchronization

/// A thread for calls that block: it takes everything that waits, works, and lays out answers.
///
/// Jobs are done in the order of their submission and answers come in that order. The owner is
/// woken, not called: it fetches the answers on its own executor, all at once.
package final class WorkThread<Job: Sendable, Answer: Sendable>: Sendable {
    private let box: WorkBox<Job, Answer>

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - name: shown by debuggers; at most 15 bytes are kept.
    ///   - wake: called on the thread when answers lie ready.
    ///   - handle: does all jobs that wait, and gives answers out as soon as they are final.
    package init(
        name: String,
        wake: @escaping @Sendable () -> Void,
        handle: @escaping @Sendable (_ jobs: [Job], _ answer: ([Answer]) -> Void) -> Void
    ) {
        let box = WorkBox<Job, Answer>()
        self.box = box
        let thread = Thread {
            while let jobs = box.nextJobs() {
                handle(jobs) { answers in
                    box.put(answers)
                    wake()
                }
            }
            box.ended.signal()
            wake()
        }
        thread.name = name
        thread.start()
    }

    deinit { box.finish() }

    /// Hands in a job; returns at once.
    package func submit(_ job: Job) { box.submit(job) }

    /// Takes the answers that lie ready.
    package func takeAnswers() -> [Answer] { box.takeAnswers() }

    /// Lets the thread end once everything that was submitted is done.
    package func finish() { box.finish() }

    /// Waits until the thread has ended; call `finish` before, and not from a shared thread for
    /// longer than the last job takes.
    package func join() {
        box.ended.wait()
        box.ended.signal()
    }
}

/// What the thread and its owner share.
private final class WorkBox<Job: Sendable, Answer: Sendable>: Sendable {
    private struct State {
        var jobs: [Job] = []
        var answers: [Answer] = []
        var isWaiting = false
        var isFinishing = false
    }

    let ended = DispatchSemaphore(value: 0)
    private let work = DispatchSemaphore(value: 0)
    private let state = Mutex(State())

    func submit(_ job: Job) {
        let mustSignal = state.withLock { state in
            state.jobs.append(job)
            defer { state.isWaiting = false }
            return state.isWaiting
        }
        if mustSignal { work.signal() }
    }

    func finish() {
        let mustSignal = state.withLock { state in
            state.isFinishing = true
            defer { state.isWaiting = false }
            return state.isWaiting
        }
        if mustSignal { work.signal() }
    }

    /// All jobs that wait, as soon as there is one; `nil` when the thread shall end.
    func nextJobs() -> [Job]? {
        while true {
            let jobs: [Job]? = state.withLock { state in
                if state.jobs.isEmpty, state.isFinishing { return nil }
                defer { state.jobs = [] }
                state.isWaiting = state.jobs.isEmpty
                return state.jobs
            }
            guard let jobs else { return nil }
            if !jobs.isEmpty { return jobs }
            work.wait()
        }
    }

    func put(_ answers: [Answer]) {
        state.withLock { $0.answers.append(contentsOf: answers) }
    }

    func takeAnswers() -> [Answer] {
        state.withLock { state in
            defer { state.answers = [] }
            return state.answers
        }
    }
}
