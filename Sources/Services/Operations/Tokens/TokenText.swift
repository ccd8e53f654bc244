import Crypto
import Values

/// The text of a token: `4r_`, eight characters by which it is looked up, and the secret part, 256 bits of chance.
///
/// Only a hash of it is kept. With so many bits, a plain SHA-256 is as good as a slow one.
struct TokenText: Sendable {
    static let prefix = "4r_"
    private static let handleLength = 8
    private static let secretLength = 43

    let text: String

    /// A new one, from the system's random numbers.
    init() {
        var source = SystemRandomNumberGenerator()
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        let length = Self.handleLength + Self.secretLength
        text = Self.prefix + String((0..<length).map { _ in letters.randomElement(using: &source) ?? "0" })
    }

    /// Nil if the text does not look like a token.
    init?(_ text: String) {
        let length = Self.prefix.utf8.count + Self.handleLength + Self.secretLength
        guard text.utf8.count == length, text.hasPrefix(Self.prefix),
            text.utf8.dropFirst(Self.prefix.utf8.count).allSatisfy({
                Character(UnicodeScalar($0)).isLetter || (0x30...0x39).contains($0)
            })
        else { return nil }
        self.text = text
    }

    var handle: String { String(text.dropFirst(Self.prefix.count).prefix(Self.handleLength)) }

    /// In hexadecimal digits.
    var hash: String { SHA256.hash(data: Array(text.utf8)).hexadecimal }

    /// Compares in the same time whatever differs.
    func matches(_ stored: String) -> Bool {
        let (mine, theirs) = (Array(hash.utf8), Array(stored.utf8))
        guard mine.count == theirs.count else { return false }
        return zip(mine, theirs).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
