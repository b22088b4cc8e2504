internal import CMalloc

/// How glibc keeps the memory of this program. Agents have the screen open all day, and many of them share a machine.
enum HeapMemory {
    /// Before anything else is done, and before there is a second thread. Without this each thread keeps what it has
    /// freed in a heap of its own, and blocks of a long answer stay in the heap once one of them was freed (mallopt(3),
    /// M_ARENA_MAX and the note on the dynamic threshold of M_MMAP_THRESHOLD).
    static func prepare() {
        _ = mallopt(M_ARENA_MAX, 1)
        _ = mallopt(M_MMAP_THRESHOLD, 128 << 10)
        _ = mallopt(M_TRIM_THRESHOLD, 256 << 10)
    }

    /// Gives back what reading something large has left free between what is kept. Takes about a millisecond.
    static func giveBack() { _ = malloc_trim(0) }
}
