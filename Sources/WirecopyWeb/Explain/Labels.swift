package import WirecopyMessages

extension EntityType {
    /// The type for people, of one thing.
    package var label: String {
        switch self {
        case .person: "Person"
        case .organisation: "Organisation"
        case .politicalPlace: "Country or town"
        case .place: "Place"
        case .facility: "Building"
        case .group: "People"
        case .event: "Event"
        case .product: "Product"
        case .weapon: "Weapon"
        case .work: "Work"
        case .law: "Law"
        case .other: "Other"
        }
    }
}

extension QuotationKind {
    /// The kind for people.
    package var label: String {
        switch self {
        case .direct: "quoted"
        case .partial: "quoted in part"
        case .continued: "goes on"
        case .indirect: "reported"
        case .notSpeech: "no speech"
        }
    }
}

/// Flags as sentences for people.
package enum PageFlagWords {
    /// What a flag means for its reader.
    package static func sentence(_ flag: String) -> String {
        switch PageFlag.Kind(rawValue: flag) {
        case .liveBlog: "This is a live blog: it grows while its event lasts."
        case .multiPart: "This is one part of an article of several pages."
        case .consentWall: "This page asks for consent and shows little else."
        case .paywallStub: "This is only the beginning; the rest is for subscribers."
        case nil: "The page is marked \(flag)."
        }
    }
}
