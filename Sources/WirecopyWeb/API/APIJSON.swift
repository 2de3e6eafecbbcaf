import FoundationEssentials
import WirecopyMessages

/// JSON of the API: keys in `snake_case` and sorted, places of texts as they are.
enum APIJSON {
    /// A report's bytes on one line.
    static func bytes(_ report: some Report) throws(WebFailure) -> [UInt8] {
        do {
            return try report.reportJSON()
        } catch {
            throw WebFailure(.internalError, "The answer cannot be written as JSON: \(error).")
        }
    }
}
