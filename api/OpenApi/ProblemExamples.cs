using System.Text.Json.Nodes;
using QualityIngest.Api.Http;

namespace QualityIngest.Api.OpenApi;

/// <summary>What problems look like: those that any call may be answered with in the words of their answers, others in general ones.</summary>
internal static class ProblemExamples
{
    private static readonly Dictionary<string, (string Detail, ProblemError? Part)> Told = new(StringComparer.Ordinal)
    {
        ["invalid_parameter"] = (
            "Parameters of the query are unknown or unreadable.",
            new("unknown_parameter", "This call has no such parameter.", Parameter: "stauts")),
        ["missing_key"] = ("Send an API key: Authorization: Bearer qi_…", null),
        ["insufficient_scope"] = ("This call needs a key with the scope conversations:read.", null),
        ["not_found"] = ("There is nothing at this path.", null),
        ["request_timeout"] = ("The request's body came too slowly.", null),
        ["idempotency_in_flight"] = ("The call that first had this Idempotency-Key is being carried out.", null),
        ["conversation_erased"] = ("This conversation was erased for good. Its events tell when.", null),
        ["stale_version"] = ("It has changed since the version that If-Match names. Read it again.", null),
        ["body_too_large"] = ("The request's body is larger than this call takes.", null),
        ["unsupported_media_type"] = ("This call does not take this Content-Type.", null),
        ["invalid"] = ("Parts of the request break their rules.", new("invalid_length", "This must have 1 to 200 characters.", Pointer: "#/name")),
        ["idempotency_mismatch"] = (
            "This Idempotency-Key was used for another call.",
            new("idempotency_mismatch", "Each call needs a key of its own.", Header: "Idempotency-Key")),
        ["if_match_required"] = ("Send If-Match with the ETag of the version that this is meant for.", null),
        ["rate_limited"] = ("This key calls too often. Wait as Retry-After says.", null),
        ["internal_error"] = ("Something went wrong here. It is logged under the trace id.", null),
        ["unavailable"] = ("The database cannot be reached for the moment.", null),
    };

    /// <summary>A problem with this code.</summary>
    public static JsonObject Of(string code)
    {
        var (detail, part) = Told.GetValueOrDefault(code, ("What happened this time, for people.", null));
        var problem = Problem.Of(ProblemCodes.StatusOf(code), code, detail);
        return new()
        {
            ["type"] = problem.Type,
            ["title"] = problem.Title,
            ["status"] = problem.Status,
            ["code"] = problem.Code,
            ["detail"] = problem.Detail,
            ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
            ["errors"] = part is null ? [] : new JsonArray(Of(part)),
        };
    }

    private static JsonObject Of(ProblemError part) => new()
    {
        ["code"] = part.Code,
        ["detail"] = part.Detail,
        ["pointer"] = part.Pointer,
        ["parameter"] = part.Parameter,
        ["header"] = part.Header,
    };
}
