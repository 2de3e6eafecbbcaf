import ArgumentParser
import Foundation
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage
import WirecopyStories

/// Of which story something is made.
struct StoryInput: ParsableArguments {
    @Argument(help: "Its number, words of a headline, or an article's URL, identifier or file.")
    var story: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: "Take these articles instead, by URL, identifier or file."
    )
    var articles: [String] = []

    @Option(
        help: ArgumentHelp(
            "Take the articles that wirecopy extract wrote into this file; - is standard input.",
            valueName: "file"
        )
    )
    var from: String?

    @OptionGroup var options: StoreOptions

    func validate() throws {
        let given = [!story.isEmpty, !articles.isEmpty, from != nil].count(where: \.self)
        guard given == 1 else {
            throw ValidationError(
                "Name a story, or articles with --articles, or a file with --from."
            )
        }
        guard articles.count <= ArticleStore.annotatedMax else {
            throw ValidationError("--articles takes \(ArticleStore.annotatedMax) articles at most.")
        }
    }

    /// The brief of the articles.
    ///
    /// - Throws: `ProgramFailure` when there is no such story or article, or it cannot be read.
    func brief() async throws(ProgramFailure) -> Brief {
        if let from {
            _ = options.program.startLogging("wirecopy")
            return Brief(of: try Self.members(ofFile: from))
        }
        return Brief(of: articles.isEmpty ? try await storyMembers() : try await namedMembers())
    }

    private func storyMembers() async throws(ProgramFailure) -> [StoryMember] {
        let name = story.joined(separator: " ")
        let reference = PageAddress.reference(name)
        let members = try await options.read {
            (store) throws(StorageFailure) -> [StoryMember] in
            guard let number = try await store.storyNumber(reference) else { return [] }
            return try await store.storyMembers(number)
        }
        guard !members.isEmpty else {
            throw ProgramFailure(
                .noInput,
                "The store has no story \(name). Type wirecopy stories to list them."
            )
        }
        return members
    }

    private func namedMembers() async throws(ProgramFailure) -> [StoryMember] {
        let references = articles.map(PageAddress.reference)
        let found = try await options.read {
            (store) throws(StorageFailure) -> [(name: String, member: StoryMember?)] in
            var found: [(name: String, member: StoryMember?)] = []
            for reference in references {
                let id = try await store.article(reference)?.id
                let annotated = try await store.annotatedArticle(reference)
                let member = annotated.map {
                    StoryMember(articleID: id ?? reference, annotated: $0, episode: 1)
                }
                found.append((reference, member))
            }
            return found
        }
        if let missing = found.first(where: { $0.member == nil }) {
            throw ProgramFailure(
                .noInput,
                "The store has no article \(missing.name). Type wirecopy search WORDS to find one."
            )
        }
        return found.compactMap(\.member)
    }

    /// Articles that are read from a file; a brief reads the most central ones of them.
    private static let articlesMax = 10_000

    /// The articles of the file, as one episode.
    static func members(ofFile path: String) throws(ProgramFailure) -> [StoryMember] {
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
            guard members.count < articlesMax else {
                throw ProgramFailure(
                    .dataError,
                    "The file \(path) has more than \(articlesMax) articles; give fewer."
                )
            }
            members.append(try member(Array(line), "\(path), line \(index + 1)"))
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
