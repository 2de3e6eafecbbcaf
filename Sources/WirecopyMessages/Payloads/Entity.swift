/// The types of things that an article names.
package enum EntityType: String, Sendable, CaseIterable, Hashable, Codable {
    case person = "PER"
    case organisation = "ORG"
    case politicalPlace = "GPE"
    case place = "LOC"
    case facility = "FAC"
    case group = "NORP"
    case event = "EVENT"
    case product = "PRODUCT"
    case weapon = "WEAPON"
    case work = "WORK"
    case law = "LAW"
    case other = "MISC"
}

/// A person, organisation, place, ... that an article's mentions refer to.
package struct Entity: JSONRepresentable, Equatable {
    /// The fullest name in the article, without titles.
    package var name: String
    /// Words of the text that stand for it by what it is, in the text's order.
    package var roles: [EntityRole]
    /// What it is.
    package var type: EntityType

    /// Makes an entity.
    package init(name: String, type: EntityType, roles: [EntityRole] = []) {
        self.name = name
        self.roles = roles
        self.type = type
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var name: String?
        var roles: [EntityRole] = []
        var type: EntityType?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "name": name = try reader.string()
            case "roles": roles = try reader.values()
            case "type": type = try reader.word()
            default: try reader.skip()
            }
        }
        self.name = try reader.required(name, "name")
        self.type = try reader.required(type, "type")
        self.roles = roles
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("name", name)
            writer.field("roles", roles)
            writer.field("type", type.rawValue)
        }
    }
}
