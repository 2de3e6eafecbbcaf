import Foundation

extension Lexicon {
    /// Lists with names, in the target's resources; their licences are in `Resources/NOTICE`.
    private static let nameLists = [
        "supplement.tsv", "world.tsv", "countries.tsv", "names.tsv", "places.tsv",
    ]
    private static let commonWordList = "common-words.txt"

    /// The shipped lists; read once a process, at first use.
    ///
    /// - Throws: `EntityFailure` when a list is missing or broken.
    static func shipped() throws(EntityFailure) -> Lexicon { try loaded.get() }

    private static let loaded: Result<Lexicon, EntityFailure> = Result {
        () throws(EntityFailure) in try load()
    }

    private static func load() throws(EntityFailure) -> Lexicon {
        var lexicon = Lexicon()
        for name in nameLists { try lexicon.add(rows: try resource(name), file: name) }
        lexicon.add(commonWords: try resource(commonWordList))
        return lexicon
    }

    /// The bytes of one file of the resources.
    static func resource(_ name: String) throws(EntityFailure) -> [UInt8] {
        let folder = Bundle.module.bundleURL.appendingPathComponent("Resources")
        do {
            return Array(try Data(contentsOf: folder.appendingPathComponent(name)))
        } catch {
            throw .lexiconMissing(file: name, reason: "\(error)")
        }
    }
}
