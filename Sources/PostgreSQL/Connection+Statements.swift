import CPostgreSQL

extension Connection {
    /// Sends a statement whose rows nobody reads. Its failure comes with a later call.
    ///
    /// - Parameters:
    ///   - sql: one statement, with `$1`, `$2`, ... for the parameters.
    ///   - parameters: as many as the text names.
    ///   - tables: those that it looks at or changes; `nil` for any.
    /// - Throws: the failure of the transaction, if it is known already.
    package func send(
        _ sql: String,
        _ parameters: Parameters,
        tables: Set<String>? = nil
    ) throws(PostgreSQLFailure) {
        try checkState()
        try sendGathered(of: tables)
        try sendNow(sql, parameters.places.map(\.type), parameters)
    }

    /// Sends a statement and waits for its rows, which are all in memory then.
    ///
    /// - Throws: the first failure of what was on its way.
    package func rows(
        _ sql: String,
        _ parameters: Parameters = Parameters(),
        tables: Set<String>? = nil
    ) throws(PostgreSQLFailure) -> Rows {
        try send(sql, parameters, tables: tables)
        guard let rows = try drain() else {
            throw PostgreSQLFailure(.lost, "The server gave no answer.")
        }
        return rows
    }

    /// Sends a statement and waits for its rows, which come as texts whatever their types are, and
    /// is not kept prepared.
    ///
    /// - Throws: the first failure of what was on its way.
    package func writtenRows(_ sql: String) throws(PostgreSQLFailure) -> Rows {
        try checkState()
        try sendGathered()
        try note(unsafe PQsendQueryParams(handle, sql, 0, nil, nil, nil, nil, 0))
        queue.append(.statement)
        guard let rows = try drain() else {
            throw PostgreSQLFailure(.lost, "The server gave no answer.")
        }
        return rows
    }

    /// Sends a statement as `writtenRows` does, and gives its rows to `body` one by one as they
    /// come: one is in memory at a time.
    ///
    /// - Throws: the first failure; rows before it were given.
    package func forEachWrittenRow(
        _ sql: String,
        _ body: (Rows) -> Void
    ) throws(PostgreSQLFailure) {
        try settle()
        try note(unsafe PQsendQueryParams(handle, sql, 0, nil, nil, nil, nil, 0))
        queue.append(.statement)
        _ = try drain(singly: true, body)
    }

    /// Waits until all that was sent is done.
    ///
    /// - Throws: the first failure of it.
    package func settle() throws(PostgreSQLFailure) {
        try checkState()
        try sendGathered()
        _ = try drain()
    }

    /// Runs a transaction: `beginning` first, such as `BEGIN`, then `body`, then `COMMIT`. When
    /// anything fails, nothing of it is done.
    ///
    /// - Throws: what `body` throws, and `PostgreSQLFailure`; with `lost`, whether the commit was
    ///   done is unknown.
    package func transaction<Answer>(
        _ beginning: [String],
        _ body: (Connection) throws -> Answer
    ) throws -> Answer {
        do {
            for statement in beginning { try sendOnce(statement) }
            let answer = try body(self)
            try sendOnce("COMMIT")
            let done = try drain()
            // A transaction in which something failed that nobody noticed is rolled back by COMMIT.
            guard done?.command == "COMMIT" else {
                throw PostgreSQLFailure(.other, "The server rolled the transaction back.")
            }
            return answer
        } catch {
            rollBack()
            throw error
        }
    }

    /// Runs a text of several statements, in one transaction, without parameters.
    ///
    /// - Throws: the failure of the first statement that fails.
    package func script(_ sql: String) throws(PostgreSQLFailure) {
        try settle()
        // libpq sends texts of several statements only while nothing else is on its way.
        unsafe PQexitPipelineMode(handle)
        defer { unsafe PQenterPipelineMode(handle) }
        guard let result = unsafe PQexec(handle, sql) else {
            throw PostgreSQLFailure(state: nil, unsafe String(cString: PQerrorMessage(handle)))
        }
        defer { unsafe PQclear(result) }
        if let failure = unsafe failure(of: result) { throw failure }
    }

    /// Ends a transaction that failed. A connection that is gone stays so.
    private func rollBack() {
        failure = nil
        forgetGathered()
        // Who cancelled the work does not cancel its end.
        interruption = nil
        guard !isGone else { return }
        // What was on its way is waited for; it may add failures that nobody needs.
        _ = try? drain()
        failure = nil
        guard unsafe PQtransactionStatus(handle) != PQTRANS_IDLE else { return }
        _ = try? sendOnce("ROLLBACK")
        _ = try? drain()
        failure = nil
    }

    func checkState() throws(PostgreSQLFailure) {
        if let failure { throw failure }
        if interruption?.isCancelled == true {
            throw PostgreSQLFailure(.cancelled, "It was cancelled.")
        }
        guard !isGone else { throw PostgreSQLFailure(.lost, "The connection to it broke.") }
    }

    private func sendOnce(_ sql: String) throws(PostgreSQLFailure) {
        try checkState()
        try sendGathered()
        try sendSimple(sql)
    }

    private func sendSimple(_ sql: String) throws(PostgreSQLFailure) {
        try note(unsafe PQsendQueryParams(handle, sql, 0, nil, nil, nil, nil, 1))
        queue.append(.statement)
    }

    /// Takes what a function of libpq says that sends: 1 when it was sent.
    private func note(_ code: Int32) throws(PostgreSQLFailure) {
        guard code != 1 else { return }
        let words = unsafe String(cString: PQerrorMessage(handle))
        let failure = PostgreSQLFailure(state: nil, words)
        self.failure = failure
        throw failure
    }
}

// Prepared statements.
extension Connection {
    /// Sends a statement, and nothing that waits before it.
    func sendNow(
        _ sql: String,
        _ types: [UInt32],
        _ parameters: Parameters
    ) throws(PostgreSQLFailure) {
        // Before it and not after it: its rows may be wanted.
        if queue.count >= Self.queuedMax { _ = try drain() }
        let name = try prepare(sql, types)
        try sendPrepared(name, parameters)
    }

    /// The name under which the server has a statement for parameters of these types.
    ///
    /// A parameter without a value has no type; what was sent for it before counts, else the server
    /// finds out. So there are few preparations of a text, each knowing more types.
    private func prepare(
        _ sql: String,
        _ given: [UInt32]
    ) throws(PostgreSQLFailure) -> String {
        var types = given
        if let known = prepared[sql], known.types.count == types.count {
            for index in types.indices where types[index] == 0 { types[index] = known.types[index] }
            if types == known.types { return known.name }
        }
        if prepared.count >= Self.preparedMax { try forgetPrepared() }
        nextName += 1
        let name = "s\(nextName)"
        try note(unsafe PQsendPrepare(handle, name, sql, Int32(types.count), types))
        queue.append(.preparation(of: sql))
        prepared[sql] = Prepared(name: name, types: types)
        return name
    }

    private func forgetPrepared() throws(PostgreSQLFailure) {
        prepared = [:]
        try sendSimple("DEALLOCATE ALL")
    }

    private func sendPrepared(
        _ name: String,
        _ parameters: Parameters
    ) throws(PostgreSQLFailure) {
        let places = parameters.places
        let lengths = places.map { Int32($0.count ?? 0) }
        let formats = [Int32](repeating: 1, count: places.count)
        let code = unsafe parameters.bytes.withUnsafeBytes { bytes in
            let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = places.map { place in
                place.count == nil ? nil : unsafe start.map { unsafe $0 + place.start }
            }
            return unsafe PQsendQueryPrepared(
                handle,
                name,
                Int32(places.count),
                values,
                lengths,
                formats,
                1
            )
        }
        try note(code)
        queue.append(.statement)
    }
}

// Answers.
extension Connection {
    /// Reads the answers to all that was sent.
    ///
    /// - Parameters:
    ///   - singly: whether `body` takes the rows of what was sent, a single statement.
    ///   - body: takes one row.
    /// - Returns: the rows of the last statement that were not taken.
    /// - Throws: the first failure; the transaction has failed then.
    private func drain(
        singly: Bool = false,
        _ body: (Rows) -> Void = { _ in }
    ) throws(PostgreSQLFailure) -> Rows? {
        try note(unsafe PQpipelineSync(handle))
        if singly { try note(unsafe PQsetSingleRowMode(handle)) }
        var rows: Rows?
        for expected in queue {
            var isDone = false
            while let result = unsafe PQgetResult(handle) {
                let answer = unsafe Rows(result)
                if let failure = unsafe failure(of: result) {
                    self.failure = self.failure ?? failure
                    if isGone { break }
                } else if unsafe PQresultStatus(result) == PGRES_SINGLE_TUPLE {
                    body(answer)
                } else if unsafe PQresultStatus(result) != PGRES_PIPELINE_ABORTED {
                    isDone = true
                    rows = answer
                }
            }
            if isGone { break }
            if !isDone, case .preparation(let sql) = expected { prepared[sql] = nil }
        }
        queue.removeAll(keepingCapacity: true)
        guard !isGone else {
            let failure = failure ?? PostgreSQLFailure(.lost, "The connection to it broke.")
            self.failure = failure
            throw failure
        }
        // The answer to the synchronisation itself.
        if let result = unsafe PQgetResult(handle) { unsafe PQclear(result) }
        if let failure { throw failure }
        return rows
    }

    private func failure(of result: OpaquePointer) -> PostgreSQLFailure? {
        switch unsafe PQresultStatus(result) {
        case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE:
            let state = unsafe PQresultErrorField(result, shim_diagnostic_state)
                .map { unsafe String(cString: $0) }
            let primary = unsafe PQresultErrorField(result, shim_diagnostic_message)
                .map { unsafe String(cString: $0) }
            let words = unsafe String(cString: PQresultErrorMessage(result))
            return PostgreSQLFailure(state: state, primary ?? words)
        default: return nil
        }
    }
}
