import WirecopyMessages

/// What the articles of a story name, each thing once: an article's entities become those of the
/// story.
///
/// Two entities are one when their names have the same words; a person's surname alone is the one
/// person of the story who bears it; a body's initials are the one body that has them. Whom most
/// articles take for no person is none in the others. Nothing is looked up outside of the story.
struct StoryNames {
    /// A person, body, place, ... of the story.
    struct Name {
        /// The fullest name that an article gives.
        var name: String
        /// What it is.
        var type: EntityType
        /// Descriptions and titles with how many articles give each.
        var roles: [String: Int] = [:]
        /// Articles that name it.
        var articles = 0
    }

    /// The names; an entity's index leads here.
    private(set) var all: [Name] = []
    /// For each article and each of its entities the index into `all`.
    private(set) var indexes: [[Int]] = []

    private var byWords: [String: Int] = [:]

    /// Joins the entities of a story's articles, in the order of the articles.
    init(_ members: [StoryMember]) {
        let kinds = NameKinds(members)
        let entities = members.map { $0.annotated.entities.map(kinds.settled) }
        var families = Families()
        for entities in entities { families.read(entities) }
        for entities in entities {
            let own = entities.map { entity in
                index(of: entity, key: families.key(of: entity))
            }
            for index in Set(own) { all[index].articles += 1 }
            indexes.append(own)
        }
    }

    /// The description that most articles give of a name; the longer one of equals.
    func role(of index: Int) -> String? {
        all[index].roles.max { one, other in
            (one.value, one.key.utf8.count, other.key) < (
                other.value, other.key.utf8.count, one.key
            )
        }?.key
    }

    private mutating func index(of entity: Entity, key: String) -> Int {
        let index = byWords[key] ?? all.count
        if index == all.count {
            all.append(Name(name: entity.name, type: entity.type))
            byWords[key] = index
        } else if entity.name.utf8.count > all[index].name.utf8.count {
            all[index].name = entity.name
        }
        for role in Set(entity.roles.map(\.role)) { all[index].roles[role, default: 0] += 1 }
        return index
    }
}

/// What the articles of a story take full names for.
private struct NameKinds {
    /// Articles by name and by type.
    private var votes: [String: [EntityType: Int]] = [:]

    init(_ members: [StoryMember]) {
        for member in members {
            for entity in member.annotated.entities {
                guard let name = Self.fullName(entity) else { continue }
                votes[name, default: [:]][entity.type, default: 0] += 1
            }
        }
    }

    /// The entity, as what most articles take it for when that is no person.
    func settled(_ entity: Entity) -> Entity {
        guard entity.type == .person, let name = Self.fullName(entity) else { return entity }
        let others = votes[name, default: [:]].filter { $0.key != .person }
        guard others.values.reduce(0, +) > votes[name]?[.person] ?? 0,
            let kind = others.max(by: { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) })
        else { return entity }
        var settled = entity
        settled.type = kind.key
        return settled
    }

    /// A name of several words; a surname alone may be a place in another article.
    private static func fullName(_ entity: Entity) -> String? {
        let words = NameLetters.words(entity.name)
        return words.count > 1 ? words.joined(separator: " ") : nil
    }
}

/// Which short names belong to which full ones.
private struct Families {
    /// Full names of persons by surname, and of bodies by initials; several make a short one
    /// nobody's.
    private var persons: [String: Set<String>] = [:]
    private var bodies: [String: Set<String>] = [:]

    mutating func read(_ entities: [Entity]) {
        for entity in entities {
            let words = NameLetters.words(entity.name)
            guard words.count > 1, let last = words.last else { continue }
            if entity.type == .person {
                persons[NameLetters.spelling(last), default: []].insert(Self.person(words))
            } else if entity.type == .organisation {
                bodies[NameLetters.initials(entity.name), default: []].insert(Self.body(words))
            }
        }
    }

    /// What is equal for entities that are one.
    func key(of entity: Entity) -> String {
        let words = NameLetters.words(entity.name)
        guard let last = words.last else { return entity.type.rawValue + " " + entity.name }
        switch entity.type {
        case .person:
            let full = words.count > 1 ? nil : persons[NameLetters.spelling(last)]
            return full.flatMap { $0.count == 1 ? $0.first : nil } ?? Self.person(words)
        case .organisation, .work, .product:
            let full = words.count > 1 ? nil : bodies[last]
            return full.flatMap { $0.count == 1 ? $0.first : nil } ?? Self.body(words)
        case .politicalPlace, .place, .facility:
            let joined = words.joined(separator: " ")
            return "place " + (Self.countries[joined] ?? joined)
        case .group, .event, .weapon, .law, .other:
            return entity.type.rawValue + " " + words.joined(separator: " ")
        }
    }

    /// A person is known by first initial and surname: "Joseph Biden" and "Joe Biden" are one.
    private static func person(_ words: [String]) -> String {
        let initial = words.count > 1 ? words.first?.prefix(1) ?? "" : ""
        return "person \(initial) " + NameLetters.spelling(words.last ?? "")
    }

    private static func body(_ words: [String]) -> String {
        "body " + words.joined(separator: " ")
    }

    /// The two countries that English news calls by initials, by name and by a part of it alike.
    private static let countries = [
        "united states": "us", "usa": "us", "america": "us", "united states of america": "us",
        "united kingdom": "uk", "britain": "uk", "great britain": "uk",
    ]
}
