import ConformanceFolder
import Foundation
import Testing

/// The html5lib test data, which is not part of the repository.
enum ConformanceData {
    static let folder = ConformanceFolder.path("html5lib")

    static let isPresent = FileManager.default.fileExists(atPath: folder.path())

    /// The trait of a suite that is skipped, with a reason, where the data is absent.
    static var required: some SuiteTrait & TestTrait {
        ConditionTrait.enabled(
            if: isPresent,
            "No html5lib data; set WIRECOPY_SHARED to the folder with conformance/html5lib."
        )
    }

    /// Files of one folder, scripted cases left out, in order of their names.
    static func files(in subfolder: String, extension fileExtension: String) throws -> [URL] {
        try FileManager.default
            .contentsOfDirectory(
                at: folder.appending(path: subfolder),
                includingPropertiesForKeys: nil
            )
            .filter { $0.pathExtension == fileExtension }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
}

/// What a conformance run found.
struct ConformanceTally {
    private(set) var passedCount = 0
    private(set) var leftOutCount = 0
    private(set) var failures: [String] = []

    mutating func record(_ isPassed: Bool, _ failure: @autoclosure () -> String) {
        if isPassed {
            passedCount += 1
        } else {
            failures.append(failure())
        }
    }

    mutating func leaveOut() {
        leftOutCount += 1
    }

    /// Prints the counts, and the first failures so that one can work on them.
    func report(_ name: String) {
        let total = passedCount + failures.count
        print("\(name): \(passedCount) of \(total) cases pass, \(leftOutCount) left out.")
        for failure in failures.prefix(Self.shownFailures) {
            print(failure)
        }
    }

    private static let shownFailures = 20
}
