/// A number with the money or unit that belongs to it: a quantity alone, or one side of a range.
struct NumberSide {
    var number: NumberPhrase
    var currency: MoneyReader.Currency?
    var unit: UnitReader.Unit?
    /// First token.
    var start: Int
    /// Token behind the last.
    var end: Int

    /// Whether it is the one thing of "one man".
    var isOne: Bool { number.value == ExactDecimal(1) && !number.isVague }
}
