/// Keys that are looked for within weeks of each other, kept together by time.
///
/// A key is the number of its bucket of 64 days and a hash. Keys of one season lie side by side in
/// the index, so that millions of older ones cost nothing; what lies up to 32 days away is found in
/// the bucket itself or in the nearer neighbour.
enum TimeBucket {
    /// Days of a bucket.
    static let days = 64
    /// Bits of a hash: with a bucket's number a key takes six bytes, and among five million keys of
    /// a bucket one in a thousand look-ups meets a wrong one.
    private static let hashBits = 32

    /// The key of a hash on a day, counted as `QuotationNumber` does.
    static func key(_ hash: UInt32, day: Int) -> Int64 { key(hash, bucket: day / days) }

    /// The keys under which the same hash stands up to 32 days before or after a day.
    static func keys(_ hash: UInt32, near day: Int) -> [Int64] {
        let neighbour = day % days < days / 2 ? day / days - 1 : day / days + 1
        return [key(hash, bucket: day / days), key(hash, bucket: max(0, neighbour))]
    }

    private static func key(_ hash: UInt32, bucket: Int) -> Int64 {
        Int64(bucket) << Int64(hashBits) | Int64(hash)
    }
}
