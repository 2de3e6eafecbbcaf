import WirecopyMessages

// Numbers that stand for words in the journal's files. They are never given to another word.
extension StageName {
    /// 0 to 3, in the order of the pipeline.
    var number: Int {
        switch self {
        case .fetch: 0
        case .parse: 1
        case .extract: 2
        case .store: 3
        }
    }

    init?(number: Int) {
        guard let stage = Self.allCases.first(where: { $0.number == number }) else { return nil }
        self = stage
    }
}

extension MessageKind {
    /// The number of the stage that takes it, or 4 for an outcome.
    var number: Int {
        switch self {
        case .fetchRequest: 0
        case .fetchedPage: 1
        case .parsedArticle: 2
        case .annotatedArticle: 3
        case .outcome: 4
        }
    }

    init?(number: Int) {
        switch number {
        case 0: self = .fetchRequest
        case 1: self = .fetchedPage
        case 2: self = .parsedArticle
        case 3: self = .annotatedArticle
        case 4: self = .outcome
        default: return nil
        }
    }

    /// The stage that takes it, without a search.
    var stage: StageName? {
        switch self {
        case .fetchRequest: .fetch
        case .fetchedPage: .parse
        case .parsedArticle: .extract
        case .annotatedArticle: .store
        case .outcome: nil
        }
    }
}

extension MessageClass {
    init?(number: Int) {
        switch number {
        case 0: self = .live
        case 1: self = .retry
        case 2: self = .replay
        default: return nil
        }
    }
}
