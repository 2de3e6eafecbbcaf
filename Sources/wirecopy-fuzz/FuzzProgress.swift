import Glibc
import WirecopyProgram

/// How far a run is, in memory that outlives the process: its parent reads there which case it was
/// at when it ended.
///
/// Unchecked: the process that runs cases alone writes, on one thread; the other only reads whole
/// aligned words, of which each may be a moment old.
@safe final class FuzzProgress: @unchecked Sendable {
    private enum Word: Int, CaseIterable {
        case current, accepted, refused, contradictions
    }

    private let words: UnsafeMutablePointer<Int>
    private static let bytes = Word.allCases.count * MemoryLayout<Int>.size

    /// Maps a file, which is made where it is missing.
    ///
    /// - Throws: `ProgramFailure.cannotCreate`.
    init(path: String) throws(ProgramFailure) {
        let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(file) }
        guard file >= 0, ftruncate(file, Self.bytes) == 0,
            let memory = unsafe mmap(nil, Self.bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0),
            unsafe memory != MAP_FAILED
        else {
            throw ProgramFailure(.cannotCreate, "\(path) cannot be mapped (errno \(errno)).")
        }
        unsafe words = memory.bindMemory(to: Int.self, capacity: Word.allCases.count)
    }

    deinit { unsafe munmap(words, Self.bytes) }

    /// The case that was begun last.
    var current: Int { self[.current] }
    /// Cases that the reader took.
    var accepted: Int { self[.accepted] }
    /// Cases that the reader refused.
    var refused: Int { self[.refused] }
    /// Cases of which something was true that must not be.
    var contradictions: Int { self[.contradictions] }

    /// Notes that a case begins.
    func begin(_ number: Int) { self[.current] = number }

    /// Counts a verdict.
    func count(_ verdict: FuzzVerdict) {
        switch verdict {
        case .accepted: self[.accepted] += 1
        case .refused: self[.refused] += 1
        }
    }

    /// Counts a contradiction.
    func countContradiction() { self[.contradictions] += 1 }

    private subscript(word: Word) -> Int {
        get { unsafe words[word.rawValue] }
        set { unsafe words[word.rawValue] = newValue }
    }
}
