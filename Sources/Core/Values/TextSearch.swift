import Glibc

/// Searching for a text in a text by bytes. The standard library's searches of the same names build a table for each call
/// and compare whole characters, which takes up to a hundred times as long, and pages are searched for thousands of
/// phrases.
extension String {
    public func contains(_ text: String) -> Bool { self[...].contains(text) }

    public func firstRange(of text: String) -> Range<Index>? { self[...].firstRange(of: text) }

    /// The text with every occurrence of another replaced, from left to right.
    public func replacing(_ text: String, with replacement: String) -> String {
        guard contains(text), !text.isEmpty else { return self }
        var result = ""
        result.reserveCapacity(utf8.count)
        var rest = self[...]
        while let range = rest.firstRange(of: text) {
            result += rest[..<range.lowerBound]
            result += replacement
            rest = rest[range.upperBound...]
        }
        return result + rest
    }
}

extension Substring {
    public func contains(_ text: String) -> Bool { text.isEmpty || offset(of: text) != nil }

    public func firstRange(of text: String) -> Range<Index>? {
        guard !text.isEmpty else { return startIndex..<startIndex }
        guard let offset = offset(of: text) else { return nil }
        let start = utf8.index(utf8.startIndex, offsetBy: offset)
        return start..<utf8.index(start, offsetBy: text.utf8.count)
    }

    /// Where the text begins, in bytes; nil if it does not occur.
    private func offset(of text: String) -> Int? {
        let found = utf8.withContiguousStorageIfAvailable { bytes in
            text.utf8.withContiguousStorageIfAvailable { wanted in Self.offset(of: wanted, in: bytes) }
        }
        if case .some(.some(let offset)) = found { return offset }
        // Text that is not kept as UTF-8 in one piece.
        return Array(utf8).withUnsafeBufferPointer { bytes in
            Array(text.utf8).withUnsafeBufferPointer { Self.offset(of: $0, in: bytes) }
        }
    }

    private static func offset(of wanted: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let start = bytes.baseAddress, let first = wanted.baseAddress, bytes.count >= wanted.count else {
            return nil
        }
        var place = start
        let last = start + (bytes.count - wanted.count)
        while place <= last, let found = memchr(place, Int32(first.pointee), last - place + 1) {
            place = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
            if memcmp(place, first, wanted.count) == 0 { return place - start }
            place += 1
        }
        return nil
    }
}
