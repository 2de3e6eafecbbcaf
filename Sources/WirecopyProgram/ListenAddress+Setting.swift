package import HTTPServer

extension ListenAddress {
    /// The address that a `metrics-address` names; `nil` for none.
    package init?(metricsSetting text: String) throws(ProgramFailure) {
        guard !text.isEmpty else { return nil }
        do throws(HTTPServerFailure) {
            try self.init(text)
        } catch {
            throw ProgramFailure(.configuration, error.message)
        }
    }
}
