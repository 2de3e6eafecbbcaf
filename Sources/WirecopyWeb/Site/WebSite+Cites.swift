import WirecopyStorage

// Who cites whom.
extension WebSite {
    /// The page of an outlet or source.
    func cites(_ request: WebRequest) async throws(WebFailure) -> Document {
        let values = try Parameters(request.query, names: ["name"], isStrict: false)
        let name = try values.text("name")
        let found = await found { () throws(WebFailure) -> CitationReport? in
            guard let name else { return nil }
            return try await citations(of: name)
        }
        return CitesPage(name: name, found: found).document
    }

    /// The citations of and by an outlet or source.
    func citations(of name: String) async throws(WebFailure) -> CitationReport {
        try await store.read { (store) throws(StorageFailure) in
            try await store.citations(of: name)
        }
    }
}
