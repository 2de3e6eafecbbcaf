import WirecopyMessages
import WirecopyParse

/// Models of which each was trained on all sites but those of one part: what one finds on a page of
/// that part is what it would find on a site that it has never seen.
struct CrossValidation {
    private let models: [ParseModels]

    /// Trains a model for each part of the sites.
    init(folds: Int, train: (Int) throws -> ParseModels) rethrows {
        models = try (0..<folds).map(train)
    }

    /// The models that know nothing of a page's site.
    func models(for gold: GoldPage) -> ParseModels { models[gold.fold(of: models.count)] }

    /// Reads each page of a corpus with models of other sites, as `ParseBatch` writes it.
    func predict(_ golds: [GoldPage], in corpus: String, to output: String) throws {
        let byPage = Dictionary(
            golds.map { ($0.id, models(for: $0)) },
            uniquingKeysWith: { first, _ in first }
        )
        _ = try ParseBatch.run(
            directory: corpus,
            output: output,
            readAt: .now()
        ) { byPage[$0] ?? models[0] }
    }
}
