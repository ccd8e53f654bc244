import TestSupport
import Testing
import Values

/// JSON as people and programs read it.
struct PrintedJSONTests {
    private enum Colour: String, Encodable { case red }

    private struct Inner: Encodable {
        let leadID: Int64
        let at: Timestamp?
    }

    private struct Outer: Encodable {
        let scheduledFor: Timestamp
        let isDryRun: Bool
        let nothing: String?
        let missing: Inner?
        let colour: Colour
        let list: [Inner]
        let counts: [String: Int]
        let seconds: Double
        let output: JSONValue?
    }

    private let value = Outer(
        scheduledFor: moment("2026-11-25 22:21:16.041"), isDryRun: true, nothing: nil, missing: nil, colour: .red,
        list: [Inner(leadID: 7, at: nil)], counts: ["Full Name": 1], seconds: 0.25,
        output: .object(["b": .list([]), "a": .object([:]), "text": .text("\u{2028}\"\n/é")]))

    @Test func `keys are in snake_case, times in RFC 3339, and what is not known is null`() throws {
        let text = try PrintedJSON.text(of: value, isPretty: false)
        #expect(
            text
                == #"{"colour":"red","counts":{"Full Name":1},"is_dry_run":true,"list":[{"at":null,"lead_id":7}],"#
                + #""missing":null,"nothing":null,"output":{"a":{},"b":[],"text":"\#u{2028}\"\n/é"},"#
                + #""scheduled_for":"2026-11-25T22:21:16.041Z","seconds":0.25}"#)
    }

    @Test func `over several lines it is the same`() throws {
        let text = try PrintedJSON.text(of: value)
        #expect(text.hasPrefix("{\n  \"colour\": \"red\",\n  \"counts\": {\n    \"Full Name\": 1\n  },\n"))
        let tree = try #require(StableJSON.decode(JSONValue.self, text))
        #expect(try StableJSON.decode(JSONValue.self, PrintedJSON.text(of: value, isPretty: false)) == tree)
    }

    private struct ByHand: Encodable {
        enum Keys: String, CodingKey { case inner, list, first }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            var inner = container.nestedContainer(keyedBy: Keys.self, forKey: .inner)
            try inner.encode(1, forKey: .first)
            var list = container.nestedUnkeyedContainer(forKey: .list)
            try list.encode("a")
            try list.encodeNil()
        }
    }

    private struct EveryNumber: Encodable {
        var a: Int8 = 1, b: Int16 = 2, c: Int32 = 3, d: Int64 = 4, e: Int = 5
        var f: UInt8 = 6, g: UInt16 = 7, h: UInt32 = 8, i: UInt64 = 9, j: UInt = 10
        var k: Float = 1.5, l: Double = 2.5, m: Int32? = 13, n: Int32?
    }

    @Test func `every kind of number is one`() throws {
        #expect(
            try PrintedJSON.text(of: EveryNumber(), isPretty: false)
                == #"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10,"k":1.5,"l":2.5,"m":13,"n":null}"#)
    }

    @Test func `what is nested by hand is there`() throws {
        #expect(try PrintedJSON.text(of: ByHand(), isPretty: false) == #"{"inner":{"first":1},"list":["a",null]}"#)
    }

    @Test func `values that stand alone, and numbers that are none`() throws {
        #expect(try PrintedJSON.text(of: [Double.infinity, 1, -0.5], isPretty: false) == "[null,1,-0.5]")
        #expect(try PrintedJSON.text(of: [1, nil, 3] as [Int?], isPretty: false) == "[1,null,3]")
        #expect(try PrintedJSON.text(of: "text") == "\"text\"")
        #expect(try PrintedJSON.text(of: Int64(1) << 52) == "4503599627370496")
    }
}
