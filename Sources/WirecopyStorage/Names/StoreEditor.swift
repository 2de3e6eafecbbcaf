package import WirecopyMessages

/// Changes what the store makes of names, as the user says; storage workers may write meanwhile.
package struct StoreEditor: Sendable {
    private let connection: any WritingConnection

    /// Rules that hold at the same time; each is worked out anew when one comes.
    package static let rulesMax = 10_000

    /// Opens a store for editing.
    ///
    /// - Throws: `StorageFailure` when there is none, or when it cannot be written.
    package init(path: String) throws(StorageFailure) {
        _ = try StoreConnection.openForReading(path)
        connection = try StoreConnection.openForWriting(StoreConfiguration(path: path))
    }

    /// Says that two names mean one thing, which is called by the second.
    ///
    /// - Parameters:
    ///   - name: a name in the store.
    ///   - target: the name by which it is told from now on; one that the store does not have yet
    ///     is made.
    ///   - type: type of what has the name, such as `PER`; without it, what is named most often.
    ///   - now: when the rule is made.
    /// - Returns: the rule.
    /// - Throws: `StorageFailure` with `nameUnknown` for a name that no article has, and
    ///   `ruleRefused` for names that are one already.
    package func merge(
        _ name: String,
        into target: String,
        type: EntityType? = nil,
        now: Instant
    ) async throws(StorageFailure) -> NameRule {
        try await write(to: "merge \(name) into \(target)") { edit in
            let source = try edit.entity(named: name, type)
            let into = try edit.entity(named: target, type, else: source.type)
            guard try edit.canonical(source.id) != edit.canonical(into.id) else {
                throw StorageFailure(
                    .ruleRefused,
                    "\(source.name) and \(into.name) are one already; see wirecopy alias ls."
                )
            }
            let rule = try edit.addRule(.merge, source, into, article: nil, now)
            try NameRules(db: edit.db).resolve()
            return rule
        }
    }

    /// Says that in some articles a name means something else than in the others.
    ///
    /// - Parameters:
    ///   - name: a name in the store.
    ///   - target: what it is called where it means something else; a name of its own.
    ///   - articles: references of the articles, as `ArticleStore.article` takes them.
    ///   - type: type of what has the name.
    ///   - now: when the rules are made.
    /// - Returns: a rule for each article.
    /// - Throws: `StorageFailure` with `nameUnknown` for a name or an article that the store does
    ///   not have, and `ruleRefused` for a target that is another name.
    package func split(
        _ name: String,
        as target: String,
        in articles: [String],
        type: EntityType? = nil,
        now: Instant
    ) async throws(StorageFailure) -> [NameRule] {
        try await write(to: "split \(name)") { edit in
            let source = try edit.entity(named: name, type)
            let part = try edit.part(of: source, called: target)
            return try articles.map { reference in
                let id = try edit.article(reference)
                let rule = try edit.addRule(.split, source, part, article: id, now)
                try edit.move(source.id, to: part.id, in: id)
                return rule
            }
        }
    }

    /// Takes a rule back.
    ///
    /// - Parameters:
    ///   - id: number of the rule; without it the newest that holds.
    ///   - now: when it is taken back.
    /// - Returns: the rule that was taken back.
    /// - Throws: `StorageFailure` with `ruleRefused` when there is none.
    package func undo(_ id: Int?, now: Instant) async throws(StorageFailure) -> NameRule {
        try await write(to: "undo a rule about names") { edit in
            guard let rule = try edit.rule(id) else {
                throw StorageFailure(
                    .ruleRefused,
                    "There is no such rule that holds; see wirecopy alias ls."
                )
            }
            return try edit.undo(rule, now)
        }
    }

    private func write<Answer: Sendable>(
        to attempt: String,
        _ body: @escaping @Sendable (inout NameEdit) throws -> Answer
    ) async throws(StorageFailure) -> Answer {
        do {
            return try await connection.write { db in
                var edit = NameEdit(db: db)
                let answer = try body(&edit)
                try edit.index.flush()
                return answer
            }
        } catch {
            throw StorageFailure(error, attempt: attempt)
        }
    }
}

extension ArticleStore {
    /// The user's rules about names, newest first, those that were undone too.
    ///
    /// - Throws: `StorageFailure` when the store cannot be read.
    package func nameRules() async throws(StorageFailure) -> NameRuleReport {
        try await read(to: "list the rules about names") { db in
            let rows = try db.rows(
                """
                SELECT * FROM name_rule ORDER BY id DESC LIMIT \(NameRuleReport.rulesMax)
                """
            )
            return NameRuleReport(rules: rows.compactMap(NameEdit.rule))
        }
    }
}
