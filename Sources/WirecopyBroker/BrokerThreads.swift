import WirecopyMessages
import WirecopyQueue

/// The threads that block, so that the socket's never does: one writes the journal, one reads
/// contents, one answers operators.
struct BrokerThreads {
    private let journal: WorkThread<JournalJob, JournalJobAnswer>
    private let contents: WorkThread<LoadJob, LoadedContents>
    private let desk: WorkThread<AdminJob, AdminAnswer>

    /// Starts the threads over a journal; `wake` is called when answers lie ready.
    init(
        journal: LogJournal,
        meter: JournalMeter,
        clock: BrokerClock,
        wake: @escaping @Sendable () -> Void
    ) {
        let commit = GroupCommit(to: journal, meter: meter, now: { clock.now })
        self.journal = WorkThread(name: "journal", wake: wake) { jobs, answer in
            commit.run(jobs, answer)
        }
        contents = WorkThread(name: "contents", wake: wake) { jobs, answer in
            for job in jobs { answer([job.run(journal.message)]) }
        }
        let desk = AdminDesk(reports: journal.reports, now: { clock.now })
        self.desk = WorkThread(name: "admin", wake: wake) { jobs, answer in
            for job in jobs { answer([desk.answer(job)]) }
        }
    }

    func submit(_ job: JournalJob) { journal.submit(job) }

    func submit(_ job: LoadJob) { contents.submit(job) }

    func submit(_ job: AdminJob) { desk.submit(job) }

    /// Gives all answers that lie ready to the core.
    func takeAnswers(into core: inout BrokerCore, now: Instant) {
        for answer in journal.takeAnswers() { core.take(answer, now: now) }
        for answer in contents.takeAnswers() { core.take(answer, now: now) }
        for answer in desk.takeAnswers() { core.take(answer, now: now) }
    }

    /// Waits until everything that was submitted is done, and ends the threads.
    func end() {
        journal.finish()
        contents.finish()
        desk.finish()
        journal.join()
        contents.join()
        desk.join()
    }
}
