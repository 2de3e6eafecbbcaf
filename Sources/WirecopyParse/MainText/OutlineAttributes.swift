import HTMLDocument

/// The attributes of a block-level element that its region is read from.
struct RegionAttributes {
    private(set) var className: ArraySlice<UInt8> = []
    private(set) var identifier: ArraySlice<UInt8> = []
    /// In lower case.
    private(set) var role: String?
    /// `itemprop` in lower case.
    private(set) var property: String?
    /// Whether readers do not see it.
    private(set) var isHidden = false

    static let names = ["class", "id", "role", "itemprop", "hidden", "style"]
        .map { AttributeName($0) }

    /// Takes the value of the attribute that has the number in `names`.
    mutating func take(_ name: Int, _ value: ArraySlice<UInt8>) {
        switch name {
        case 0: className = value.prefix(ElementNames.attributeBytesMax)
        case 1: identifier = value.prefix(ElementNames.attributeBytesMax)
        case 2: role = value.word
        case 3: property = value.word
        case 4: isHidden = true
        default: isHidden = isHidden || Self.hides(value)
        }
    }

    private static func hides(_ style: ArraySlice<UInt8>) -> Bool {
        guard style.count < styleBytesMax else { return false }
        let text = style.filter { !$0.isSpace }
        return text.holds(notDisplayed) || text.holds(notVisible)
    }

    private static let styleBytesMax = 400
    private static let notDisplayed = Array("display:none".utf8)
    private static let notVisible = Array("visibility:hidden".utf8)
}

/// The attributes of an inline element by which it is a mark.
struct MarkAttributes {
    private(set) var className: ArraySlice<UInt8> = []
    /// Whether it says that it names the author.
    private(set) var isAuthor = false

    static let names = ["class", "itemprop", "rel"].map { AttributeName($0) }

    /// Takes the value of the attribute that has the number in `names`.
    mutating func take(_ name: Int, _ value: ArraySlice<UInt8>) {
        switch name {
        case 0: className = value.prefix(ElementNames.attributeBytesMax)
        case 1: isAuthor = isAuthor || value.word == "author"
        default: isAuthor = isAuthor || value.elementsEqual("author".utf8)
        }
    }
}

extension ArraySlice<UInt8> {
    /// A value that is one word of a standard, in lower case.
    fileprivate var word: String {
        String(decoding: prefix(wordBytesMax), as: UTF8.self).lowercased()
    }
}

/// Words of standards are shorter.
private let wordBytesMax = 40
