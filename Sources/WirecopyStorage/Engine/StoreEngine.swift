/// A connection to the database of a store, within one transaction: SQLite's or PostgreSQL's.
///
/// It is used on one thread. The SQL is that which both understand; where they differ, `dialect`
/// says how.
protocol StoreEngine: AnyObject {
    /// Where the databases differ.
    var dialect: any StoreDialect { get }

    /// The prepared statement of a text, kept for the next time.
    ///
    /// - Throws: the engine's error when the text is no statement.
    func statement(_ sql: String) throws -> any EngineStatement

    /// Makes a connection of a second thread to the same transaction, to be called on that thread
    /// and to be gone before the transaction ends; `nil` where one thread has the transaction.
    var companion: EngineMaker? { get }

    /// Lets a second thread go on, before the first one waits for it.
    func giveUpTurn()

    /// Keeps the connection for this thread until `endTurn`, over several statements.
    func beginTurn()
    /// Ends what `beginTurn` began.
    func endTurn()
}

/// A statement was refused, since the failure of the other thread has ended the transaction.
struct OtherThreadFailed: Error {}

/// A second thread's connection to a transaction.
protocol CompanionEngine: StoreEngine {
    /// Ends the thread's part: what is on its way is written when this returns.
    func finish() throws
}

/// Makes an engine for the thread that calls.
typealias EngineMaker = @Sendable () -> any CompanionEngine

extension StoreEngine {
    var companion: EngineMaker? { nil }

    func giveUpTurn() {}

    func beginTurn() {}

    func endTurn() {}
}

/// A prepared statement of a connection, with the parameters that are bound and the row at hand.
protocol EngineStatement: AnyObject {
    /// Binds the next parameter.
    func add(_ value: Int64)
    /// Binds the next parameter.
    func add(_ value: Double)
    /// Binds the next parameter to a text in UTF-8.
    func add(text utf8: Span<UInt8>)
    /// Binds the next parameter to bytes that are no text.
    func add(blob bytes: Span<UInt8>)
    /// Leaves the next parameter empty.
    func addNull()

    /// Runs a statement whose rows nobody reads. Its failure may come with a later call, at the
    /// latest with the end of the transaction.
    func run() throws
    /// Goes to the next row, the first time to the first; false behind the last.
    func step() throws -> Bool
    /// Makes the statement ready for other parameters; what is left of the rows is passed over.
    func reset()

    /// The names of the columns.
    var columns: [String] { get }
    /// True when a column of the row at hand is empty.
    func isNull(_ column: Int) -> Bool
    /// The number in a column; 0 where there is none.
    func integer(_ column: Int) -> Int64
    /// The text in a column; `nil` when it is empty.
    func text(_ column: Int) -> String?
    /// The bytes in a column; none when it is empty.
    func blob(_ column: Int) -> [UInt8]
    /// What is in a column, whatever it is.
    func value(_ column: Int) -> StoreValue
}
