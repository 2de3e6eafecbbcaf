/// Knows the short forms of English first names.
enum FirstNames {
    /// Whether one first name is the short form of the other, or both of a third.
    static func isSame(_ one: NameWord, _ two: NameWord, _ text: AnalysedText) -> Bool {
        guard let group = groups[text.tokens[one.token].folded],
            let other = groups[text.tokens[two.token].folded]
        else { return false }
        return group == other
    }

    /// Origin: written for this project; held by `EntityLinkerTests`. Short forms of several
    /// names are left out: "Chris", "Pat", "Alex" and "Sam" would join men and women.
    private static let groups: [UInt64: Int] = {
        let lines = """
            joseph joe joey
            william bill will billy
            robert bob rob bobby robbie
            richard dick rick rich ricky
            james jim jimmy jamie
            john johnny jack jon
            jonathan jonny
            thomas tom tommy
            michael mike mick mikey
            edward ed eddie ted
            charles charlie chuck
            donald don donnie
            daniel dan danny
            david dave davey
            stephen steven steve
            andrew andy drew
            anthony tony
            benjamin ben
            bernard bernie
            gregory greg gregg
            kenneth ken kenny
            lawrence laurence larry
            matthew matt
            mitchell mitch
            nicholas nick nicky
            peter pete
            raymond ray
            ronald ron ronnie
            timothy tim
            theodore theo
            walter walt
            jeffrey geoffrey jeff geoff
            gerald jerry gerry
            leonard len lenny
            vincent vince
            zachary zach zack
            elizabeth liz beth betty lizzie
            katherine catherine kathryn kate kathy cathy katie
            margaret maggie peggy meg
            deborah debra debbie deb
            jennifer jen jenny
            susan sue susie
            barbara barb
            patricia patty
            victoria vicky vicki
            rebecca becky
            judith judy
            kimberly kim
            alexandria alexandra
            abigail abby
            """
        var groups: [UInt64: Int] = [:]
        for (index, line) in lines.split(separator: "\n").enumerated() {
            for name in line.split(separator: " ") {
                groups[WordHash.folded(String(name))] = index
            }
        }
        return groups
    }()
}
