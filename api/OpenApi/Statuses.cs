using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using QualityIngest.Api.Http;
using QualityIngest.Api.Http.Repeats;

namespace QualityIngest.Api.OpenApi;

/// <summary>
/// Lists every status that an operation answers with, and the types of the problems that come with it: those that follow from
/// its shape, and those that it says of itself (<c>Refuses</c>).
/// </summary>
public sealed class Statuses : IOpenApiOperationTransformer
{
    /// <inheritdoc/>
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        // The frame has the schema of problems made by naming one under 500; what follows stands in its place.
        if (operation.Responses?.Remove("500") != true)
            return Task.CompletedTask;
        foreach (var (status, response) in operation.Responses)
            Success(status, response, context);

        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var foreign = metadata.OfType<ForeignRefusalMetadata>().ToDictionary(refusal => refusal.Status, refusal => refusal.Codes);
        var refused = Codes(operation, metadata)
            .Distinct(StringComparer.Ordinal)
            .GroupBy(ProblemCodes.StatusOf)
            .OrderBy(group => group.Key);
        foreach (var status in refused)
            operation.Responses[status.Key.ToString(CultureInfo.InvariantCulture)] =
                ProblemResponses.Of(status.Key, [.. status], foreign.GetValueOrDefault(status.Key), context.Document!);
        var sorted = operation.Responses.OrderBy(response => response.Key, StringComparer.Ordinal).ToList();
        operation.Responses.Clear();
        foreach (var (status, response) in sorted)
            operation.Responses[status] = response;
        return Task.CompletedTask;
    }

    private static void Success(string status, IOpenApiResponse response, OpenApiOperationTransformerContext context)
    {
        var (document, metadata) = (context.Document!, context.Description.ActionDescriptor.EndpointMetadata);
        response.Description = status switch
        {
            "200" => "It is done, or found.",
            "201" => "It is created.",
            "202" => "It is accepted, and done soon after.",
            "204" => "It is done; there is nothing to say.",
            _ => response.Description,
        };
        if (response is not OpenApiResponse answer)
            return;
        answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
        if (status == "201")
            answer.Headers["Location"] = ResponseHeaders.Location(document);
        if (status[0] == '2' && metadata.OfType<IdempotencyMetadata>().LastOrDefault() is { ShowsSecret: false })
            answer.Headers[Idempotency.Replayed] = ResponseHeaders.Replayed(document);
        ResponseHeaders.RateLimit(answer.Headers, document);
    }

    private static IEnumerable<string> Codes(OpenApiOperation operation, IList<object> metadata) =>
        [
            "invalid_parameter", .. Access(metadata.OfType<IAccess>().LastOrDefault()), .. Shape(operation, metadata),
            .. metadata.OfType<RefusalMetadata>().SelectMany(refusal => refusal.Codes), "internal_error", "unavailable",
        ];

    private static string[] Access(IAccess? access) => access switch
    {
        ScopeAccess => ["missing_key", "invalid_key", "revoked_key", "expired_key", "insufficient_scope", "rate_limited"],
        TokenAccess => ["invalid_key", "revoked_key", "expired_key", "insufficient_scope", "rate_limited"],
        _ => [],
    };

    private static IEnumerable<string> Shape(OpenApiOperation operation, IList<object> metadata)
    {
        if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) == true)
            yield return "not_found";
        if (metadata.OfType<PagingMetadata>().Any())
        {
            yield return "invalid_limit";
            yield return "invalid_cursor";
        }

        if (metadata.OfType<IdempotencyMetadata>().LastOrDefault() is { } repeats)
        {
            // The body, whichever comes, is read to tell two calls apart.
            yield return "request_timeout";
            yield return "body_too_large";
            yield return "invalid_idempotency_key";
            yield return "idempotency_in_flight";
            yield return "idempotency_mismatch";
            if (repeats.ShowsSecret)
                yield return "secret_already_shown";
        }

        if (metadata.OfType<IfMatchMetadata>().Any())
        {
            yield return "invalid_if_match";
            yield return "stale_version";
            yield return "if_match_required";
        }

        if (operation.RequestBody?.Content is not { } body)
            yield break;
        yield return "request_timeout";
        yield return "body_too_large";
        yield return "unsupported_media_type";
        if (!body.ContainsKey("application/json"))
            yield break;
        yield return "missing_body";
        yield return "invalid_json";
        yield return "missing_member";
        yield return "unknown_member";
        yield return "invalid";
    }
}
