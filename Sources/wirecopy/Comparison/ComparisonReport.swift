import WirecopyMessages

/// What a stage of this program would find otherwise than is recorded; nothing was changed.
struct ComparisonReport: Report {
    /// Sites that are told apart; the rest is told as one, `otherSites`.
    static let sitesMax = 1000
    /// Examples of each field.
    static let examplesMax = 5
    /// Bytes of a value in an example; enough to see what it is about.
    static let exampleBytesMax = 200
    /// The name under which sites beyond the limit are told.
    static let otherSites = "(other sites)"

    /// Pages with at least one field that would change.
    var changedPages = 0
    /// A few pages of each field that would change.
    var examples: [Example] = []
    /// Every field over all pages, in the order of the schema.
    var fields: [FieldChanges] = []
    /// Pages that were compared.
    var pages = 0
    /// Every site, the most changed first.
    var sites: [SiteChanges] = []
    /// The stage that was run.
    var stage: StageName
    /// Messages whose content cannot be read, with the first sentence about it.
    var unreadable = 0
    /// See `unreadable`.
    var unreadableCause: String?
    /// Versions that made what is recorded, with their pages.
    var recordedVersions: [String: Int] = [:]
    /// The version that was run.
    var version: String

    /// Makes the report of a comparison that has not begun.
    init(stage: StageName, version: String) {
        self.stage = stage
        self.version = version
    }

    /// One field over some pages.
    struct FieldChanges: Report {
        /// Pages where another value would stand.
        var changed = 0
        /// Name of the field.
        var field: String
        /// Pages where a value would stand and none did.
        var gained = 0
        /// Pages where no value would stand and one did.
        var lost = 0
        /// Pages where it stays.
        var same = 0
        /// Values of lists that would come, over all pages.
        var valuesGained = 0
        /// Values of lists that would go, over all pages.
        var valuesLost = 0

        /// Makes a field that no page was counted for.
        init(field: String) { self.field = field }
    }

    /// The pages of one site.
    struct SiteChanges: Report {
        /// Pages with at least one field that would change.
        var changedPages = 0
        /// Fields that would change.
        var fields: [FieldChanges] = []
        /// Host of the pages.
        var host: String
        /// Pages that were compared.
        var pages = 0

        /// Makes a site that no page was counted for.
        init(host: String) { self.host = host }
    }

    /// One field of one page.
    struct Example: Report {
        /// What would stand there.
        var after: String?
        /// What is recorded.
        var before: String?
        /// Name of the field.
        var field: String
        /// URL or path of the page.
        var url: String
    }
}
