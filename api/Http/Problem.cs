namespace QualityIngest.Api.Http;

/// <summary>Why a request was not done, as RFC 9457 has it.</summary>
/// <param name="Type">A URN that names the kind of problem: <c>urn:qualityingest:problem:</c> and the code.</param>
/// <param name="Title">The kind of problem in words.</param>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Code">A stable snake_case word to decide by.</param>
/// <param name="Detail">What happened this time, for people.</param>
/// <param name="TraceId">What to quote when asking about it: the server's logs have it.</param>
/// <param name="Errors">Which parts of the request are wrong; empty when it is not about parts.</param>
public sealed record Problem(
    string Type, string Title, int Status, string Code, string Detail, string? TraceId, IReadOnlyList<ProblemError> Errors)
{
    /// <summary>A problem about the request as a whole or, with errors, about its parts.</summary>
    public static Problem Of(int status, string code, string detail, params IReadOnlyList<ProblemError> errors) =>
        new(TypeOf(code), Words(code), status, code, detail, null, errors);

    /// <summary>The type of the problems that have a code.</summary>
    public static string TypeOf(string code) => $"urn:qualityingest:problem:{code}";

    private static string Words(string code) => char.ToUpperInvariant(code[0]) + code[1..].Replace('_', ' ');
}

/// <summary>One part of a request that is wrong. Exactly one of pointer, parameter and header says which.</summary>
/// <param name="Code">A stable snake_case word to decide by.</param>
/// <param name="Detail">What is wrong with it, for people.</param>
/// <param name="Pointer">A JSON pointer into the body, as a URI fragment: <c>#/paths/voicePath</c>.</param>
/// <param name="Parameter">The name of a path or query parameter.</param>
/// <param name="Header">The name of a header.</param>
public sealed record ProblemError(string Code, string Detail, string? Pointer = null, string? Parameter = null, string? Header = null);

/// <summary>Carries a problem out of the binding of a request, which has no other way to answer.</summary>
public sealed class ProblemException(Problem problem, Exception? inner = null) : Exception(problem.Detail, inner)
{
    /// <summary>What to answer.</summary>
    public Problem Problem { get; } = problem;
}

/// <summary>A feature of requests whose clients read problems in another form than RFC 9457's.</summary>
public interface IProblemForm
{
    /// <summary>Writes the problem's body, in its own type; status and other headers are set.</summary>
    Task Write(HttpContext context, Problem problem);
}
