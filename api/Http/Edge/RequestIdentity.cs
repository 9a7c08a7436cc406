using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace QualityIngest.Api.Http.Edge;

/// <summary>
/// What a request is called: <c>X-Request-Id</c> as the caller sent it, else one made here, in the answer and in every line of
/// the log; and its place in a distributed trace (W3C Trace Context), which an answer tells in <c>traceresponse</c>.
/// </summary>
public static class RequestIdentity
{
    /// <summary>The header of the request's own name: 1 to 128 letters, digits, dots, hyphens and underscores.</summary>
    public const string Header = "X-Request-Id";

    /// <summary>The header of an answer's place in a trace.</summary>
    public const string TraceResponse = "traceresponse";

    private const int MaxLength = 128;

    /// <summary>
    /// Names a request before its context is made, so that the server's own log scope has the name too. What is no proper name
    /// is replaced rather than refused: it is no part of what is asked for.
    /// </summary>
    public static void Assign(IFeatureCollection features)
    {
        var given = features.GetRequiredFeature<IHttpRequestFeature>().Headers[Header];
        features.Set<IHttpRequestIdentifierFeature>(new HttpRequestIdentifierFeature
        {
            TraceIdentifier = given is [{ } name] && IsName(name) ? name : Guid.CreateVersion7().ToString("N"),
        });
    }

    /// <summary>Tells both in every answer, whatever becomes of the request.</summary>
    public static IApplicationBuilder UseRequestIdentity(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        // The server begins an activity only where somebody listens or logs; the trace goes on all the same.
        using var own = Activity.Current is null ? Begin(context.Request) : null;
        var activity = Activity.Current;
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Header] = context.TraceIdentifier;
            if (activity is { IdFormat: ActivityIdFormat.W3C, Id: { } id })
                context.Response.Headers[TraceResponse] = id;
            return Task.CompletedTask;
        });
        await next(context);
    });

    /// <summary>Whether a text can stand in headers and logs as a request's name.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= MaxLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static Activity Begin(HttpRequest request)
    {
        var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C);
        if (ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, out var parent))
        {
            activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
            activity.TraceStateString = parent.TraceState;
        }

        return activity.Start();
    }
}
