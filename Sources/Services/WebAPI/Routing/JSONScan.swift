import Leads
import Values

/// What decoding a JSON text passes over: how deep it is nested, a name that an object has twice, and a comma with nothing behind it.
struct JSONScan {
    /// How many objects and lists are within each other at most.
    private(set) var depth = 0
    /// What is wrong, for the caller; nil for nothing.
    private(set) var problem: String?

    init(_ bytes: [UInt8]) {
        var open: [Set<String>] = []
        var isAfterComma = false
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                let start = index + 1
                index = start
                while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                    index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
                }
                isAfterComma = false
                guard index < bytes.count, Self.isName(bytes, before: index + 1), !open.isEmpty else { break }
                let name = Self.text(bytes[start..<index])
                if !open[open.count - 1].insert(name).inserted {
                    problem = problem ?? "\(name.shortened(to: 60)): is there twice"
                }
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                open.append([])
                depth = max(depth, open.count)
                isAfterComma = false
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if isAfterComma { problem = problem ?? "the body is not JSON: a comma has nothing behind it" }
                _ = open.popLast()
                isAfterComma = false
            case UInt8(ascii: ","): isAfterComma = true
            case 0x20, 0x09, 0x0A, 0x0D: break
            default: isAfterComma = false
            }
            index += 1
        }
    }

    /// Whether a colon comes next.
    private static func isName(_ bytes: [UInt8], before start: Int) -> Bool {
        bytes[min(start, bytes.count)...].first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: ":")
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.contains("\\") else { return text }
        return StableJSON.decode(String.self, "\"\(text)\"") ?? text
    }
}
