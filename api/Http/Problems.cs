using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Npgsql;
using QualityIngest.Domain;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace QualityIngest.Api.Http;

/// <summary>The one place that knows which status code means what.</summary>
public static partial class Problems
{
    /// <summary>The problem that a failure of the core is.</summary>
    public static Problem Of(Failure failure) => failure switch
    {
        Failure.NotFound => Problem.Of(StatusCodes.Status404NotFound, "not_found", "There is no such thing."),
        Failure.Gone gone => Problem.Of(StatusCodes.Status410Gone, gone.Code, gone.Message),
        Failure.Conflict conflict => Problem.Of(StatusCodes.Status409Conflict, conflict.Code, conflict.Message),
        Failure.Denied denied => Problem.Of(StatusCodes.Status403Forbidden, denied.Code, denied.Message),
        Failure.Malformed malformed => Problem.Of(StatusCodes.Status400BadRequest, malformed.Code, malformed.Message, Parts(malformed.Errors)),
        Failure.Unavailable away => Problem.Of(StatusCodes.Status503ServiceUnavailable, away.Code, away.Message),
        Failure.Stale => Problem.Of(
            StatusCodes.Status412PreconditionFailed, "stale_version", "It has changed since the version that If-Match names. Read it again."),
        Failure.Invalid invalid => Problem.Of(
            StatusCodes.Status422UnprocessableEntity, "invalid", "Parts of the request break their rules.", Parts(invalid.Errors)),
        Failure.Refused { RetryAfter: not null } wait => Problem.Of(StatusCodes.Status429TooManyRequests, wait.Code, wait.Message),
        Failure.Refused refused => Problem.Of(StatusCodes.Status422UnprocessableEntity, refused.Code, refused.Message),
        _ => throw new UnreachableException($"{failure.GetType()} has no status code."),
    };

    /// <summary>The problem that an exception is.</summary>
    public static Problem Of(Exception exception) => exception switch
    {
        ProblemException carried => carried.Problem,
        BadHttpRequestException { StatusCode: not StatusCodes.Status400BadRequest } bad => OfStatus(bad.StatusCode),
        BadHttpRequestException { InnerException: JsonException json } => OfJson(json),
        NotSupportedException unread when MissingKind().Match(unread.Message) is { Success: true } match => OfKind(match),
        BadHttpRequestException bad when MissingBody().IsMatch(bad.Message) => Problem.Of(
            StatusCodes.Status400BadRequest, "missing_body", "This call needs a body.",
            new ProblemError("missing_body", "This call needs a body.", Pointer: "#")),
        BadHttpRequestException bad when UnboundParameter().Match(bad.Message) is { Success: true } match => OfParameter(match),
        BadHttpRequestException bad => Problem.Of(bad.StatusCode, "bad_request", "The request cannot be read."),
        NpgsqlException { IsTransient: true } => Problem.Of(
            StatusCodes.Status503ServiceUnavailable, "unavailable", "The database cannot be reached for the moment."),
        _ => Problem.Of(
            StatusCodes.Status500InternalServerError, "internal_error", "Something went wrong here. It is logged under the trace id."),
    };

    /// <summary>The problem that a bare status code is.</summary>
    public static Problem OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Problem.Of(status, "not_found", "There is nothing at this path."),
        StatusCodes.Status405MethodNotAllowed => Problem.Of(status, "method_not_allowed", "This path does not take this method."),
        StatusCodes.Status408RequestTimeout => Problem.Of(status, "request_timeout", "The request's body came too slowly."),
        StatusCodes.Status413PayloadTooLarge => Problem.Of(status, "body_too_large", "The request's body is larger than this call takes."),
        StatusCodes.Status415UnsupportedMediaType => Problem.Of(status, "unsupported_media_type", "This call does not take this Content-Type."),
        < StatusCodes.Status500InternalServerError => Problem.Of(status, "bad_request", "The request cannot be taken."),
        _ => Problem.Of(status, "internal_error", "Something went wrong here."),
    };

    /// <summary>Answers with a problem, in the form that the path's clients read.</summary>
    public static Task Write(HttpContext context, Problem problem, TimeSpan? retryAfter = null)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.Headers.CacheControl = "no-store";
        if (retryAfter is { } wait)
            response.Headers[HeaderNames.RetryAfter] = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (context.Features.Get<IProblemForm>() is { } form)
            return form.Write(context, problem);
        var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return response.WriteAsJsonAsync(
            problem with { TraceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier },
            json,
            "application/problem+json",
            context.RequestAborted);
    }

    private static IReadOnlyList<ProblemError> Parts(IReadOnlyList<FieldError> errors) =>
        [.. errors.Select(error => new ProblemError(error.Code, error.Message, Pointer: "#" + error.Pointer))];

    private static Problem OfJson(JsonException json)
    {
        var at = JsonPointer.FromPath(json.Path);
        var errors = MissingMembers().Match(json.Message) is { Success: true } missing
            ? [.. missing.Groups["name"].Captures.Select(name => new ProblemError("missing_member", "This member is required.", Pointer: $"#{at}/{name.Value}"))]
            : UnmappedMember().IsMatch(json.Message)
                ? [new ProblemError("unknown_member", "There is no such member here.", Pointer: "#" + at)]
                : (IReadOnlyList<ProblemError>)[new ProblemError("invalid_json", Where(json), Pointer: "#" + at)];
        return Problem.Of(StatusCodes.Status400BadRequest, errors[0].Code, "The request's JSON cannot be taken.", errors);
    }

    // One of several kinds of object that does not say which it is; System.Text.Json has no JsonException for it.
    private static Problem OfKind(Match match) => Problem.Of(
        StatusCodes.Status400BadRequest, "missing_member", "The request's JSON cannot be taken.",
        new ProblemError("missing_member", "This member is required.", Pointer: $"#{JsonPointer.FromPath(match.Groups["path"].Value)}/kind"));

    // The exception's own words name CLR types, which are nobody's business.
    private static string Where(JsonException json) =>
        json.LineNumber is { } line
            ? $"This is not JSON, or not of the type that belongs here: line {line + 1}, byte {json.BytePositionInLine + 1}."
            : "This is not JSON, or a member is missing or of another type than belongs here.";

    private static Problem OfParameter(Match match)
    {
        // Members of a query's record are named as CLR properties here.
        var name = JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value);
        return Problem.Of(
            StatusCodes.Status400BadRequest, "invalid_parameter", $"The parameter '{name}' is missing or cannot be read.",
            new ProblemError("invalid_parameter", "This is missing or of another type than belongs here.", Parameter: name));
    }

    [GeneratedRegex("""parameter "(?:\S+ )?(?<name>[^" ]+)" """)]
    private static partial Regex UnboundParameter();

    [GeneratedRegex("(not provided from|no) body")]
    private static partial Regex MissingBody();

    [GeneratedRegex("missing required properties including: (?:'(?<name>[^']*)'(?:, )?)+")]
    private static partial Regex MissingMembers();

    [GeneratedRegex(@"must specify a type discriminator\. Path: (?<path>\S+) \| LineNumber")]
    private static partial Regex MissingKind();

    [GeneratedRegex("The JSON property '[^']*' could not be mapped")]
    private static partial Regex UnmappedMember();
}
