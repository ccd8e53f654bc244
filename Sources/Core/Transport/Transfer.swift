internal import CCurl
import Glibc
import Synchronization
import Values

/// One exchange with one server, without redirects and repeats.
///
/// `@unchecked Sendable`: after `start`, only the transport's thread touches it. The continuation, for which a
/// cancellation may compete, is taken from a mutex exactly once.
final class Transfer: @unchecked Sendable {
    let request: HTTPRequest
    let options: TransferOptions
    let host: String
    var easy: UnsafeMutableRawPointer?
    private let continuation: Mutex<CheckedContinuation<HTTPResponse, any Error>?>
    private var body: [UInt8] = []
    private var headers: [String: String] = [:]
    private var isTooLarge = false
    private var isForbidden = false
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var connectList: UnsafeMutablePointer<curl_slist>?
    private let errorBuffer = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    init(
        _ request: HTTPRequest, host: String, options: TransferOptions,
        continuation: CheckedContinuation<HTTPResponse, any Error>
    ) {
        self.request = request
        self.host = host
        self.options = options
        self.continuation = Mutex(continuation)
        errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit { errorBuffer.deallocate() }

    var isOver: Bool { continuation.withLock { $0 == nil } }

    func fail(_ error: any Error) { take()?.resume(throwing: error) }

    private func take() -> CheckedContinuation<HTTPResponse, any Error>? {
        continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
    }

    func configure(_ easy: UnsafeMutableRawPointer) {
        let this = Unmanaged.passUnretained(self).toOpaque()
        _ = ccurl_set_string(easy, CURLOPT_URL, options.url)
        _ = ccurl_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        _ = ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        _ = ccurl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        _ = ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, Int(request.connectTimeout / .milliseconds(1)))
        _ = ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, Int(request.timeout / .milliseconds(1)))
        _ = ccurl_set_long(easy, CURLOPT_LOW_SPEED_LIMIT, request.stallSpeed)
        _ = ccurl_set_long(
            easy, CURLOPT_LOW_SPEED_TIME, max(1, Int((request.stallTimeout ?? request.timeout) / .seconds(1))))
        _ = ccurl_set_string(easy, CURLOPT_ACCEPT_ENCODING, "")
        _ = ccurl_set_string(easy, CURLOPT_USERAGENT, options.userAgent)
        _ = ccurl_set_string(easy, CURLOPT_PROXY, request.destination == .publicOnly ? "" : options.proxy)
        // A resolver that hangs is abandoned, so that other transfers do not wait for it.
        _ = ccurl_set_long(easy, CURLOPT_QUICK_EXIT, 1)
        if request.destination == .publicOnly {
            // A reused connection would bypass the check of its address.
            _ = ccurl_set_long(easy, CURLOPT_FRESH_CONNECT, 1)
            _ = ccurl_set_long(easy, CURLOPT_FORBID_REUSE, 1)
        }
        if let file = options.caFile { _ = ccurl_set_string(easy, CURLOPT_CAINFO, file) }
        _ = ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorBuffer)
        if let target = options.connectTo {
            connectList = ccurl_slist_append(nil, "::\(target)")
            _ = ccurl_set_pointer(easy, CURLOPT_CONNECT_TO, connectList)
        }
        for (name, value) in request.headers {
            headerList = ccurl_slist_append(headerList, "\(name): \(value.filter { !$0.isNewline })")
        }
        _ = ccurl_set_string(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        if let body = request.body {
            // A server that does not support `Expect` would make curl wait for a second.
            headerList = ccurl_slist_append(headerList, "Expect:")
            _ = ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
            body.withUnsafeBytes {
                _ = ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: $0.baseAddress))
            }
        }
        if let headerList { _ = ccurl_set_pointer(easy, CURLOPT_HTTPHEADER, headerList) }
        _ = ccurl_set_pointer(easy, CURLOPT_WRITEDATA, this)
        _ = ccurl_set_data_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, this in
            Transfer.from(this)?.take(body: UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
        _ = ccurl_set_pointer(easy, CURLOPT_HEADERDATA, this)
        _ = ccurl_set_data_callback(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, this in
            Transfer.from(this)?.take(header: UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
        if request.destination == .publicOnly, options.connectTo == nil {
            _ = ccurl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, this)
            _ = ccurl_set_open_socket_callback(easy) { this, _, address in
                guard let transfer = Transfer.from(this), let address else { return CURL_SOCKET_BAD }
                // The check uses the address that is actually connected to, so resolving the name again cannot get
                // around it.
                guard withUnsafePointer(to: &address.pointee.addr, { PublicAddress.isPublic($0) }) else {
                    transfer.isForbidden = true
                    return CURL_SOCKET_BAD
                }
                return socket(
                    address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue),
                    address.pointee.protocol)
            }
        }
    }

    private static func from(_ pointer: UnsafeMutableRawPointer?) -> Transfer? {
        pointer.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private func take(body bytes: UnsafeRawBufferPointer) -> Int {
        guard body.count + bytes.count <= request.sizeLimit else {
            if request.takesFirstPart { body.append(contentsOf: bytes.prefix(request.sizeLimit - body.count)) }
            isTooLarge = true
            return 0
        }
        body.append(contentsOf: bytes)
        return bytes.count
    }

    private func take(header bytes: UnsafeRawBufferPointer) -> Int {
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            headers = [:]
        } else if headers.count < 200, let colon = line.firstIndex(of: ":") {
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmed
        }
        return bytes.count
    }

    /// Called once, on the transport's thread.
    func finish(_ code: CURLcode) {
        guard let easy, let continuation = take() else { return }
        guard code == CURLE_OK || isTooLarge && request.takesFirstPart else {
            return continuation.resume(throwing: failure(code))
        }
        var status = 0
        _ = ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
        continuation.resume(
            returning: HTTPResponse(
                status: status, headers: headers, body: body, url: options.url, isFirstPart: isTooLarge))
    }

    func release() {
        if let easy { ccurl_easy_cleanup(easy) }
        easy = nil
        if let headerList { ccurl_slist_free_all(headerList) }
        if let connectList { ccurl_slist_free_all(connectList) }
    }

    /// Whether nothing of the request was sent to the server.
    private var sentNothing: Bool {
        guard let easy else { return true }
        var size = 0
        return ccurl_get_long(easy, CURLINFO_REQUEST_SIZE, &size) == CURLE_OK && size == 0
    }

    private func failure(_ code: CURLcode) -> TransportError {
        if isForbidden {
            return TransportError(.forbidden, host: host, "its address is not a public one, so it is not called")
        }
        if isTooLarge {
            return TransportError(.tooLarge, host: host, "the answer is larger than \(request.sizeLimit >> 10) kB")
        }
        let detail = String(cString: errorBuffer)
        // libcurl's message can contain an address with a password in it.
        let isTelling = detail.contains("@") || (!options.proxy.isEmpty && detail.contains(options.proxy))
        let reason = detail.isEmpty || isTelling ? String(cString: ccurl_easy_strerror(code)) : detail
        let isWord = reason.dropFirst().first?.isLowercase ?? false
        let text = (isWord ? reason.prefix(1).lowercased() : String(reason.prefix(1))) + reason.dropFirst()
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_PROXY:
            return TransportError(.unreachable, host: host, text)
        case CURLE_OPERATION_TIMEDOUT where sentNothing:
            return TransportError(.unreachable, host: host, "cannot be reached in time")
        case CURLE_OPERATION_TIMEDOUT:
            return TransportError(.timeout, host: host, "no answer in time (\(text))")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM:
            return TransportError(.tls, host: host, text)
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
            return TransportError(.invalidURL, host: host, "its address is not valid")
        default: return TransportError(.broken, host: host, text)
        }
    }
}

/// What the client adds to a request.
struct TransferOptions: Sendable {
    var url: String
    var userAgent: String
    var proxy: String
    var caFile: String?
    /// An `address:port` to connect to instead of the host.
    var connectTo: String?
}
