using System.Globalization;
using System.Net.Http.Headers;

namespace QualityIngest.Client;

/// <summary>
/// A call that was not done. Where the API itself refused it, which is nearly always, the exception is a
/// <see cref="QualityIngestException{TResult}"/> of <see cref="Client.Problem"/>, and <see cref="Code"/> is what to decide by;
/// where something else answered, such as a proxy, there is the status alone.
/// </summary>
public partial class QualityIngestException
{
    /// <summary>Why the API refused the call; null where something else answered.</summary>
    public Problem? Problem => (this as QualityIngestException<Problem>)?.Result;

    /// <summary>The problem's code, a stable snake_case word such as <c>not_found</c>; null where something else answered.</summary>
    public string? Code => Problem?.Code;

    /// <summary>Which parts of the request are wrong; empty when it is not about parts.</summary>
    public IReadOnlyList<ProblemError> Errors => Problem?.Errors ?? [];

    /// <summary>Whether the caller has this version already: the answer to an <c>If-None-Match</c> that still holds (304).</summary>
    public bool IsNotModified => StatusCode == 304;

    /// <summary>How long to wait before the call is made again, never negative; null where the answer does not say.</summary>
    public TimeSpan? RetryAfter => RetryDelay.Of(Header("Retry-After"), TimeProvider.System.GetUtcNow());

    /// <summary>Status, code and sentence, such as <c>404 not_found: There is no such queue.</c></summary>
    public override string Message => Problem is { } problem
        ? string.Create(CultureInfo.InvariantCulture, $"{StatusCode} {problem.Code}: {Sentence(problem)}")
        : string.Create(CultureInfo.InvariantCulture, $"The answer was {StatusCode}, and not a problem that the API describes.");

    private static string Sentence(Problem problem) => problem.Detail.Length > 0 ? problem.Detail : problem.Title;

    private RetryConditionHeaderValue? Header(string name) =>
        Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault() is { } value
        && RetryConditionHeaderValue.TryParse(value, out var parsed)
            ? parsed
            : null;
}
