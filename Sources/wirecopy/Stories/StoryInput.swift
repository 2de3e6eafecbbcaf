import ArgumentParser
import Foundation
import WirecopyMessages
import WirecopyProgram
import WirecopyStories

/// Where the articles of a brief come from.
struct StoryInput: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Take the articles that wirecopy extract wrote into this file; - is standard input.",
            valueName: "file"
        )
    )
    var from: String?

    @OptionGroup var options: StoreOptions

    func validate() throws {
        guard from != nil else { throw ValidationError("Give --from FILE.") }
    }

    /// The brief of the articles.
    func brief() async throws(ProgramFailure) -> Brief {
        _ = options.program.startLogging("wirecopy")
        return Brief(of: try members(ofFile: from ?? "-"))
    }

    /// Articles that are read from a file; a brief reads the most central ones of them.
    private static let articlesMax = 10_000

    /// The articles of the file, as one episode.
    private func members(ofFile path: String) throws(ProgramFailure) -> [StoryMember] {
        let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
        guard let handle else {
            throw ProgramFailure(.noInput, "The file \(path) cannot be opened.")
        }
        let content: Data
        do {
            content = try handle.readToEnd() ?? Data()
        } catch {
            throw ProgramFailure(.inputOutputError, "The file \(path) cannot be read: \(error).")
        }
        var members: [StoryMember] = []
        for (index, line) in content.split(separator: UInt8(ascii: "\n")).enumerated() {
            guard members.count < Self.articlesMax else {
                throw ProgramFailure(
                    .dataError,
                    "The file \(path) has more than \(Self.articlesMax) articles; give fewer."
                )
            }
            members.append(try Self.member(Array(line), "\(path), line \(index + 1)"))
        }
        guard !members.isEmpty else {
            throw ProgramFailure(
                .noInput,
                "The file \(path) has no article. Make one with: wirecopy extract PAGES > FILE"
            )
        }
        return members
    }

    private static func member(
        _ line: [UInt8],
        _ place: String
    ) throws(ProgramFailure) -> StoryMember {
        do throws(JSONFailure) {
            let annotated = try AnnotatedArticle(json: line)
            return StoryMember(
                articleID: annotated.article.finalURL,
                annotated: annotated,
                episode: 1
            )
        } catch {
            throw ProgramFailure(.dataError, "\(place) is no article: \(error.message)")
        }
    }
}
