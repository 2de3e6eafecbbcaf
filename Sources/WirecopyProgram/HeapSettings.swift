import CMalloc

/// How the process's `malloc` treats large blocks.
package enum HeapSettings {
    /// Blocks up to the largest that glibc lets stay in its heaps.
    private static let blockBytesMax: Int32 = 32 << 20
    /// Free memory at the end of a heap above which it goes back to the system.
    private static let freeBytesMax: Int32 = 16 << 20

    /// Keeps the memory of frames and commit groups for the next ones.
    ///
    /// Left alone, glibc maps each block of more than 128 KiB anew and gives it back when it is
    /// freed: the kernel's page faults then cost a queue that moves 2 KB messages in frames of such
    /// a size a sixth of its processor time (`wirecopy-bench queue`). A heap keeps at most
    /// `freeBytesMax` more than is in use at its end. Call it before the first thread starts; a
    /// refusal leaves the settings as they were, which is slower and nothing else.
    package static func keepLargeBlocks() {
        _ = mallopt(M_MMAP_THRESHOLD, blockBytesMax)
        _ = mallopt(M_TRIM_THRESHOLD, freeBytesMax)
    }

    /// Gives free memory back to the system, so that what is held is what is in use: for measuring.
    package static func giveBackFreeMemory() { _ = malloc_trim(0) }
}
