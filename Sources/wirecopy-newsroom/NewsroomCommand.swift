import ArgumentParser
import Foundation
import WirecopyNewsroom

@main
struct NewsroomCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wirecopy-newsroom",
        abstract: "Serves an invented local newsroom until SIGINT or SIGTERM, or saves its pages."
    )

    @Option(help: "Port on 127.0.0.1; 0 takes a free one.")
    var port: UInt16 = 8471

    @Option(help: "Write all pages, texts and expected.jsonl to this folder and exit.")
    var write: String?

    func run() throws {
        StopSignal.hold()
        do {
            if let write {
                print("\(try SavedPages(folder: write).count) files in \(write)")
                return
            }
            let newsroom = try Newsroom(port: port)
            newsroom.start()
            try FileHandle.standardOutput.write(contentsOf: Data("\(newsroom.greeting)\n".utf8))
            StopSignal.wait()
            newsroom.stop()
        } catch let failure as NewsroomFailure {
            try FileHandle.standardError.write(contentsOf: Data("\(failure)\n".utf8))
            throw ExitCode(failure.isPortTaken ? 69 : 70)
        }
    }
}
