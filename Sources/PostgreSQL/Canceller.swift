import CPostgreSQL
import Synchronization

/// Cancels what a connection does, from any thread.
///
/// It is sent over a connection of its own and may come between two statements; the next one does
/// not begin then.
@safe package final class Canceller: @unchecked Sendable {
    // libpq documents PQcancel as safe from any thread, and that it changes nothing in the handle;
    // the handle is freed when nobody holds this object any more.
    private let handle: OpaquePointer?
    private let wasUsed = Atomic(false)

    /// Whether `cancel` was called: then no further statement of the work begins either.
    var isCancelled: Bool { wasUsed.load(ordering: .relaxed) }

    /// Takes libpq's handle; it is freed with this object.
    init(_ handle: OpaquePointer?) { unsafe self.handle = handle }

    deinit { unsafe PQfreeCancel(handle) }

    /// Asks the server to cancel; the cancelled statement then fails with `cancelled`.
    package func cancel() {
        wasUsed.store(true, ordering: .relaxed)
        guard let handle = unsafe handle else { return }
        var complaint = [CChar](repeating: 0, count: 256)
        // What goes wrong here leaves the statement to its own time limit.
        _ = unsafe PQcancel(handle, &complaint, Int32(complaint.count))
    }
}
