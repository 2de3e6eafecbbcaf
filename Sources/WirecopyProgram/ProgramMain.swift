package import ArgumentParser
import Foundation

/// Runs the body of a program and ends the process with a sentence and a status if it fails.
package func endingWithStatus(
    _ program: String,
    _ body: () async throws(ProgramFailure) -> Void
) async {
    do {
        try await body()
    } catch {
        // What was printed before the failure, such as a report, is wanted the more.
        fflush(nil)
        FileHandle.standardError.write(Data("\(program): \(error.message)\n".utf8))
        _exit(error.status.rawValue)
    }
}

extension AsyncParsableCommand {
    /// The main of a program with subcommands: a `ProgramFailure` ends it with its own sentence and
    /// status; wrong arguments, help and version are the parser's.
    package static func runEndingWithStatus(_ program: String) async {
        await endingWithStatus(program) { () async throws(ProgramFailure) in
            do {
                var command = try parseAsRoot()
                if var command = command as? any AsyncParsableCommand {
                    try await command.run()
                } else {
                    try command.run()
                }
            } catch let failure as ProgramFailure {
                throw failure
            } catch {
                exit(withError: error)
            }
        }
    }
}
