import AppConfiguration

/// Reads the `with` of a job according to its task's description of its parameters.
struct ParameterReader {
    let kind: TaskKind
    let diagnostics: Diagnostics

    /// Returns the parameters in the mapping. Errors go to the diagnostics.
    ///
    /// - Parameter with: nil when there is no `with`.
    func read(_ with: YAMLMapping?, job name: String) -> TaskParameters {
        var parameters = TaskParameters()
        guard let with else { return parameters }
        for parameter in kind.parameters where !parameter.isByHand {
            parameters[parameter.name] = value(of: parameter, in: with)
        }
        with.reportUnknownKeys(in: "with of job \"\(name)\"")
        return parameters
    }

    private func value(of parameter: TaskParameter, in with: YAMLMapping) -> TaskValue? {
        switch parameter.form {
        case .number(let range): with.int(parameter.name, in: range).map { .number($0) }
        case .choice(let names): with.choice(parameter.name, among: names).map { .text($0) }
        case .flag: with.bool(parameter.name).map { .flag($0) }
        }
    }
}
