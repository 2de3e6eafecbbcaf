import WirecopyMessages
import WirecopyStorage

// What persons decide about stories, from forms and from the API.
extension WebSite {
    /// The list of edits, or with the token one more.
    func storyEdits(_ request: WebRequest) async throws(WebFailure) -> WebAnswer {
        if request.method == "POST" {
            let edits = try await edit(try order(request))
            return WebAnswer(seeOther: Self.place(of: edits))
        }
        let found = await found { () throws(WebFailure) in try await storyEdits() }
        let page = StoryEditsPage(found: found, mayChange: policy.proof(request) != .none)
        return WebAnswer(page: page.document.html(assets))
    }

    /// What was decided, newest first.
    func storyEdits() async throws(WebFailure) -> StoryEditReport {
        try await store.read { (store) throws(StorageFailure) in try await store.storyEdits() }
    }

    /// Where the outcome is seen: the story that was made or grew; for what was undone, the list.
    private static func place(of edits: [StoryEdit]) -> String {
        guard let last = edits.last, last.undoneAtMs == nil else { return "/stories/edits" }
        return "/stories/\(last.other)"
    }

    /// What a form asks for.
    private func order(_ request: WebRequest) throws(WebFailure) -> StoryOrder {
        let values = try form(
            request,
            ["action", "story", "other", "edit"],
            lists: ["article"]
        )
        let action = try values.text("action")
        let articles = values.list("article")
        guard !articles.isEmpty || action == "merge" || action == "undo" else {
            throw WebFailure(.badRequest, "Choose the articles first, with the boxes beside them.")
        }
        switch action {
        case "merge":
            return .merge(try story("story", values), try story("other", values))
        case "split":
            return .split(try story("story", values), articles)
        case "move":
            return .move(articles, to: try story("other", values))
        case "undo":
            guard let edit = try values.integer("edit", in: 1...Int.max) else {
                throw WebFailure(.badRequest, "Name the edit that is undone.")
            }
            return .undo(edit)
        default:
            throw WebFailure(.badRequest, "An action is merge, split, move or undo.")
        }
    }

    private func story(_ name: String, _ values: Parameters) throws(WebFailure) -> Int {
        let text = try values.text(name)?.drop { $0 == "#" } ?? ""
        guard let number = Int(text), number > 0 else {
            throw WebFailure(.badRequest, "Give the number of a story, such as 7.")
        }
        return number
    }

    /// Does what was asked for.
    func edit(_ order: StoryOrder) async throws(WebFailure) -> [StoryEdit] {
        // Else a number that no story has would be taken for the beginning of an identifier.
        for number in order.stories { _ = try await story(number) }
        let now = now()
        return try await store.edit { (editor) throws(StorageFailure) in
            switch order {
            case .merge(let story, let other):
                [try await editor.merge("\(story)", with: "\(other)", now: now)]
            case .split(let story, let articles):
                [try await editor.split("\(story)", articles, now: now)]
            case .move(let articles, let story):
                try await editor.move(articles, to: "\(story)", now: now)
            case .undo(let edit):
                [try await editor.undo(edit, now: now)]
            }
        }
    }
}

/// A change of stories that somebody asks for.
enum StoryOrder: Sendable {
    case merge(Int, Int)
    case split(Int, [String])
    case move([String], to: Int)
    case undo(Int)

    /// The stories that it names.
    var stories: [Int] {
        switch self {
        case .merge(let story, let other): [story, other]
        case .split(let story, _): [story]
        case .move(_, let story): [story]
        case .undo: []
        }
    }
}
