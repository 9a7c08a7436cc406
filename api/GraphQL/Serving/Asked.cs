using System.Text.Json;

namespace QualityIngest.Api.GraphQL.Serving;

/// <summary>What a request asks, as HTTP brought it.</summary>
/// <param name="Query">The document.</param>
/// <param name="OperationName">Which of its operations; null: the only one.</param>
/// <param name="Variables">A JSON object; null: none.</param>
public sealed record Asked(string Query, string? OperationName, JsonElement? Variables);

/// <summary>Why HTTP brought nothing that could be asked.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Code">A stable SCREAMING_SNAKE word.</param>
/// <param name="Message">The same for people.</param>
public sealed record Misasked(int Status, string Code, string Message)
{
    /// <summary>Says that there is nothing to ask, and why.</summary>
    public static (Asked? Asked, Misasked? Fault) Refuse(string code, string message, int status = StatusCodes.Status400BadRequest) =>
        (null, new(status, code, message));
}
