import DecisionForest
import Foundation

/// What was trained of this target, read once a process.
///
/// `wirecopy-train` makes the files in `Resources`; `Resources/NOTICE` has the licences of the data
/// that they were learned from.
package struct ParseModels: Sendable {
    /// Finds the article's text among a page's blocks.
    var mainText: MainTextModel

    /// Decides on title, authors and date among what a page offers.
    package var fields: FieldModels

    /// Reads text that was copied out of pages.
    package var text: TextPageModel

    /// Joins models, as training does; programs use those that ship.
    package init(mainText: MainTextModel, fields: FieldModels, text: TextPageModel = .untrained) {
        self.mainText = mainText
        self.fields = fields
        self.text = text
    }

    /// The models that ship.
    ///
    /// - Throws: `modelMissing` when a file is not where it was installed, or damaged.
    package static func shipped() throws(ParseFailure) -> ParseModels { try loaded.get() }

    private static let loaded: Result<ParseModels, ParseFailure> = Result {
        () throws(ParseFailure) in
        return ParseModels(
            mainText: try .shipped(),
            fields: try .shipped(),
            text: try .shipped()
        )
    }
}

extension MainTextModel {
    /// The model that ships.
    ///
    /// - Throws: `modelMissing`, as `ParseModels.shipped()`.
    package static func shipped() throws(ParseFailure) -> MainTextModel {
        try MainTextModel(in: ModelFile.shippedFolder)
    }
}

extension FieldModels {
    /// The models that ship; training a main text that asks for other numbers needs no older one.
    ///
    /// - Throws: `modelMissing`, as `ParseModels.shipped()`.
    package static func shipped() throws(ParseFailure) -> FieldModels {
        try FieldModels(in: ModelFile.shippedFolder)
    }
}

/// A model as files in a folder.
enum ModelFile {
    static var shippedFolder: URL {
        Bundle.module.bundleURL.appendingPathComponent("Resources")
    }

    static func bytes(_ name: String, in folder: URL) throws(ParseFailure) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: folder.appendingPathComponent(name)))
        } catch {
            throw ParseFailure(.modelMissing, "The model \(name) could not be read: \(error).")
        }
    }

    static func forest(_ name: String, in folder: URL) throws(ParseFailure) -> DecisionForest {
        let bytes = try bytes(name, in: folder)
        do throws(ForestFailure) {
            return try DecisionForest(bytes: bytes)
        } catch {
            throw ParseFailure(.modelMissing, "The model \(name) is damaged. \(error.message)")
        }
    }

    static func words(_ name: String, in folder: URL) throws(ParseFailure) -> WordWeights {
        WordWeights(lines: String(decoding: try bytes(name, in: folder), as: UTF8.self))
    }
}
