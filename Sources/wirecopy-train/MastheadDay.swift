import Foundation

/// The day of reading, which many sites show above their menus.
///
/// A script writes it, so saved pages lack it; whoever copies out of a browser has it.
enum MastheadDay {
    /// The day some days after another, `2024-05-29`, in one of the forms of English and German
    /// mastheads; `nil` for what is no day.
    static func line(after day: String, days: Int, form: Int) -> String? {
        let numbers = day.split(separator: "-").compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = DateComponents(year: numbers[0], month: numbers[1], day: numbers[2])
        guard let start = calendar.date(from: parts),
            let date = calendar.date(byAdding: .day, value: days, to: start)
        else { return nil }
        let found = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
        guard let year = found.year, let month = found.month, let day = found.day,
            let weekday = found.weekday
        else { return nil }
        return switch form % 4 {
        case 0: "\(weekdays[weekday - 1]), \(months[month - 1]) \(day), \(year)"
        case 1: "\(months[month - 1]) \(day), \(year)"
        case 2: "\(weekdays[weekday - 1]) \(day) \(months[month - 1]) \(year)"
        default: "\(day).\(month).\(year)"
        }
    }

    private static let weekdays = [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
}

extension GoldPage {
    /// Lines of the page, every fourth time with the day of reading among the first of them.
    func withMasthead(_ lines: [String]) -> [String] {
        let chance = chance
        guard chance / 4096 % 4 == 0, let day = published.flatMap(FieldGold.day),
            let line = MastheadDay.line(after: day, days: chance % 41, form: chance / 16)
        else { return lines }
        let headline = title.flatMap { title in
            lines.firstIndex { FieldGold.title($0) == FieldGold.title(title) }
        }
        let place = chance / 256 % (min(headline ?? 0, Self.mastheadLines) + 1)
        return lines[..<place] + [line] + lines[place...]
    }

    private static let mastheadLines = 20
}
