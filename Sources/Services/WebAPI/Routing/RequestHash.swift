import Crypto
import Values

/// SHA-256 of a text or a request, part by part.
struct RequestHash {
    private var hash = SHA256()

    /// Adds a part and then its length, so that no part of a request can be taken for a piece of the one before it.
    mutating func add(_ part: some Collection<UInt8>) {
        append(part)
        withUnsafeBytes(of: UInt64(part.count).littleEndian) { hash.update(bufferPointer: $0) }
    }

    mutating func add(_ text: String) { add(Array(text.utf8)) }

    /// Adds a piece of a part that comes in pieces, however long each is.
    mutating func append(_ piece: some Collection<UInt8>) {
        var isDone = false
        piece.withContiguousStorageIfAvailable {
            hash.update(bufferPointer: UnsafeRawBufferPointer($0))
            isDone = true
        }
        if !isDone { append(Array(piece)) }
    }

    /// In hexadecimal digits.
    var text: String { hash.finalize().hexadecimal }
}
