import CDeflate

/// Unpacks members that are whole in memory and state their size truthfully, in one call.
///
/// libdeflate takes about a third of zlib's time, but knows no streams: whatever it refuses is left
/// to `Inflater`, which says why.
enum WholeMember {
    /// The content of exactly one member with its checksum right, or `nil` for everything else:
    /// broken or truncated members, a size that is not `statedBytes`, bytes behind the end.
    static func content(of member: [UInt8], statedBytes: Int) -> [UInt8]? {
        guard let decompressor = libdeflate_alloc_decompressor() else { return nil }
        defer { libdeflate_free_decompressor(decompressor) }
        var isWhole = false
        let content = [UInt8](unsafeUninitializedCapacity: statedBytes) { output, count in
            var (consumed, made) = (0, 0)
            let result = libdeflate_gzip_decompress_ex(
                decompressor,
                member,
                member.count,
                output.baseAddress,
                statedBytes,
                &consumed,
                &made
            )
            isWhole =
                result == LIBDEFLATE_SUCCESS && consumed == member.count && made == statedBytes
            count = isWhole ? made : 0
        }
        return isWhole ? content : nil
    }
}
