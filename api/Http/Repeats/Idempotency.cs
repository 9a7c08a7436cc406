using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using QualityIngest.Domain.Idempotency;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Http.Repeats;

/// <summary>
/// Calls that carry an <c>Idempotency-Key</c> are carried out once: sent again, they get the first answer. A call that succeeded
/// is kept; one that was refused or failed changed nothing, so that its key is free again.
/// </summary>
public static class Idempotency
{
    /// <summary>The header of the key: 1 to 255 visible ASCII characters.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The header of an answer that was given before.</summary>
    public const string Replayed = "Idempotency-Replayed";

    private const int MaxKey = 255, MemoryOfBody = 64 * 1024;

    /// <summary>Looks at every call of an operation that takes a key and has one.</summary>
    public static IApplicationBuilder UseIdempotency(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IdempotencyMetadata>() is not { } operation
            || !context.Request.Headers.TryGetValue(Header, out var given))
        {
            await next(context);
            return;
        }

        if (given is not [{ Length: > 0 and <= MaxKey } key] || key.Any(c => c is < '!' or > '~'))
        {
            const string Rule = "This must be one key of 1 to 255 visible ASCII characters.";
            await Problems.Write(context, Problem.Of(
                StatusCodes.Status400BadRequest, "invalid_idempotency_key", "Idempotency-Key cannot be taken.",
                new ProblemError("invalid_idempotency_key", Rule, Header: Header)));
            return;
        }

        var call = await Call(context, key);
        var answers = context.RequestServices.GetRequiredService<KeptAnswers>();
        switch (await answers.Claim(call, context.RequestAborted))
        {
            case CallStanding.Claimed claimed:
                await context.RequestServices.GetRequiredService<ClaimedCall>().Run(context, call, claimed.Claim, operation.ShowsSecret, next);
                return;
            case CallStanding.Answered { Answer: var answer }:
                await Replay(context, answer);
                return;
            case CallStanding.InFlight:
                await Problems.Write(
                    context,
                    Problem.Of(StatusCodes.Status409Conflict, "idempotency_in_flight", "The call that first had this Idempotency-Key is being carried out."),
                    TimeSpan.FromSeconds(1));
                return;
            default:
                await Problems.Write(context, Problem.Of(
                    StatusCodes.Status422UnprocessableEntity, "idempotency_mismatch", "This Idempotency-Key was used for another call.",
                    new ProblemError("idempotency_mismatch", "Each call needs a key of its own.", Header: Header)));
                return;
        }
    });

    // Large bodies wait in a file, for as long as the request lasts.
    private static async Task<RepeatableCall> Call(HttpContext context, string key)
    {
        var request = context.Request;
        request.EnableBuffering(MemoryOfBody);
        Guid? subject = Guid.TryParse(request.RouteValues["id"]?.ToString(), out var id) ? id : null;
        var call = await RepeatableCall.Of(
            context.Features.Get<Caller>()?.Tenant, key, $"{request.Method} {request.Path}{request.QueryString}", subject, request.Body, context.RequestAborted);
        request.Body.Position = 0;
        return call;
    }

    private static async Task Replay(HttpContext context, KeptAnswer answer)
    {
        var response = context.Response;
        response.Headers[Replayed] = "true";
        if (answer.Location is not null)
            response.Headers.Location = answer.Location;
        if (answer.IsSecret)
        {
            await Problems.Write(context, Problem.Of(
                StatusCodes.Status409Conflict, "secret_already_shown",
                "This call was carried out, and its answer showed a secret that is kept nowhere. Make another one if it was lost."));
            return;
        }

        response.StatusCode = answer.Status;
        response.Headers.CacheControl = "no-store";
        if (answer.Etag is not null)
            response.Headers.ETag = answer.Etag;
        if (answer.Body is null)
            return;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}
