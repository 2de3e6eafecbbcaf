/// The objects of a file of JSON, one by one, each bounded: those of its array, or those that stand
/// one after the other. It need not be broken into lines.
///
/// What stands between objects is not looked at; whether an object is one is for its reader to say.
struct InputObjects {
    private let source: InputBytes
    private let limitBytes: Int
    private var buffer: [UInt8] = []
    private var cursor = 0
    private var number = 0
    /// Objects that are open at the cursor.
    private var depth = 0
    private var isInText = false
    private var isEscaped = false

    init(source: InputBytes, limitBytes: Int) {
        self.source = source
        self.limitBytes = limitBytes
    }

    /// The next object with its number, counted from 1; `nil` at the end. One that is cut off by
    /// the end of the file comes as it is: its reader says what is missing.
    mutating func next() throws(InputBytes.Failure) -> InputLines.Line? {
        var object: [UInt8] = []
        var isTooLong = false
        while try fill() {
            if depth == 0 {
                let rest = buffer[cursor...]
                cursor = rest.firstIndex(of: UInt8(ascii: "{")) ?? buffer.count
            }
            let start = cursor
            passObject()
            if object.count + cursor - start > limitBytes { isTooLong = true }
            isTooLong ? object = [] : object.append(contentsOf: buffer[start..<cursor])
            if depth == 0, isTooLong || !object.isEmpty { return line(isTooLong ? nil : object) }
        }
        guard depth > 0 else { return nil }
        depth = 0
        return line(isTooLong ? nil : object)
    }

    /// Goes on to behind the brace that closes the object, or to the end of the buffer.
    private mutating func passObject() {
        while cursor < buffer.count {
            let byte = buffer[cursor]
            cursor += 1
            if isEscaped {
                isEscaped = false
            } else if isInText {
                isEscaped = byte == UInt8(ascii: "\\")
                isInText = byte != UInt8(ascii: "\"")
            } else if byte == UInt8(ascii: "\"") {
                isInText = true
            } else if byte == UInt8(ascii: "{") {
                depth += 1
            } else if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return }
            }
        }
    }

    private mutating func fill() throws(InputBytes.Failure) -> Bool {
        guard cursor == buffer.count else { return true }
        buffer = try source.next()
        cursor = 0
        return !buffer.isEmpty
    }

    private mutating func line(_ bytes: [UInt8]?) -> InputLines.Line {
        number += 1
        return InputLines.Line(number: number, bytes: bytes)
    }
}
