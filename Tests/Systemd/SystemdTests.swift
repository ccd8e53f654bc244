import CSystemd
import Dispatch
import Foundation
import Glibc
import Logging
import TestSupport
import Testing

@testable import Systemd

/// Reads or changes `NOTIFY_SOCKET`, which is the whole process's, so one at a time.
@Suite(.serialized)
struct ServiceManagerTests {
    private func received(_ send: (ServiceManager) -> Void) throws -> [String] {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/notify"
        let listener = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
        setenv("NOTIFY_SOCKET", path, 1)
        defer { unsetenv("NOTIFY_SOCKET") }
        send(ServiceManager(environment: ["NOTIFY_SOCKET": path]))
        var messages: [String] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        // They are sent by another thread.
        var patience = timeval(tv_sec: 0, tv_usec: 500_000)
        setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        while case let count = recv(listener, &buffer, buffer.count, 0), count > 0 {
            messages.append(String(decoding: buffer[..<count], as: UTF8.self))
        }
        return messages
    }

    @Test func `each message is one datagram, and its status one line`() throws {
        let messages = try received {
            $0.ready(status: "Next: a\nb")
            $0.reloading()
            $0.extendTimeout(by: .seconds(15))
            $0.keepAlive()
            $0.stopping(status: "bye")
        }
        #expect(messages.count == 5)
        #expect(messages[0] == "READY=1\nSTATUS=Next: a b")
        #expect(messages[1].wholeMatch(of: /RELOADING=1\nMONOTONIC_USEC=\d+/) != nil)
        #expect(messages[2...] == ["EXTEND_TIMEOUT_USEC=15000000", "WATCHDOG=1", "STOPPING=1\nSTATUS=bye"])
    }

    @Test func `without a manager nothing is sent`() { ServiceManager(environment: [:]).ready(status: "x") }

    @Test(
        arguments: [
            (["WATCHDOG_USEC": "30000000"], Duration.seconds(30)),
            (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "\(getpid())"], .seconds(30)),
            (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"], nil), (["WATCHDOG_USEC": "x"], nil),
            (["WATCHDOG_USEC": "0"], nil), ([:], nil),
        ] as [([String: String], Duration?)])
    func `the watchdog's time is taken when it is meant for us`(environment: [String: String], expected: Duration?) {
        #expect(ServiceManager(environment: environment).watchdogInterval == expected)
    }
}

struct JournalTests {
    @Test(
        arguments: [
            ("job", "JOB"), ("run_id", "RUN_ID"), ("message-id", "MESSAGE_ID"), ("_x", nil), ("1a", nil), ("", nil),
            ("ünï", nil),
        ] as [(String, String?)])
    func `metadata keys become field names that journald takes`(key: String, name: String?) {
        #expect(JournalLogHandler.fieldName(key) == name)
    }

    @Test func `every event has an identifier of its own`() {
        let all = JournalEvent.allCases.map(\.messageID)
        #expect(Set(all).count == all.count)
        #expect(all.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{32}/) != nil })
    }

    @Test func `every event is explained in the message catalog, and nothing else is`() throws {
        let catalog = try String(contentsOfFile: "\(Program.root)/deployment/4runr.catalog", encoding: .utf8)
        let explained = catalog.matches(of: /(?m)^-- ([0-9a-f]{32})\nSubject: .+\nDefined-By: 4runr\n/).map {
            String($0.1)
        }
        #expect(explained.sorted() == JournalEvent.allCases.map(\.messageID).sorted())
    }

    @Test func `a message with newlines, emoji and NUL does not harm the handler`() {
        var logger = Logger(label: "test") { JournalLogHandler(label: $0) }
        logger[metadataKey: "job"] = "a\nb\u{0}c"
        logger.error("one\ntwo 🙂 \u{0} three")
    }
}

struct ClockSetTests {
    @Test func `a clock that nobody sets says nothing`() throws {
        let descriptor = fourrunr_clock_set_descriptor()
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        #expect(poll(&watched, 1, 20) == 0)
        #expect(fourrunr_clock_set_acknowledge(descriptor) == 0)
        #expect(ClockSetSource(queue: DispatchQueue(label: "test")) {} != nil)
    }
}
