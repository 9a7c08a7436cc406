using System.Buffers;
using System.Globalization;
using Microsoft.Net.Http.Headers;
using QualityIngest.Api.Http;
using QualityIngest.GraphQL;
using QualityIngest.GraphQL.Execution;

namespace QualityIngest.Api.GraphQL.Serving;

/// <summary>
/// Whatever goes wrong under <c>/graphql</c>, before the query or around it, is told as a response of GraphQL: the problem's
/// code, in upper case, is its error's.
/// </summary>
public sealed class GraphQLProblems : IProblemForm
{
    /// <summary>The one form; it has no state.</summary>
    public static GraphQLProblems Form { get; } = new();

    /// <inheritdoc/>
    public Task Write(HttpContext context, Problem problem) => Write(context, new Misasked(problem.Status, problem.Code.ToUpperInvariant(), problem.Detail));

    /// <summary>Refuses a request.</summary>
    public static Task Write(HttpContext context, Misasked fault) => Write(context, fault.Status, new GraphQLError(fault.Code, fault.Message, []));

    /// <summary>Refuses a query because others run: 429 where they are the tenant's own, 503 where they are anybody's.</summary>
    public static Task Write(HttpContext context, ExceededLimit others, TimeSpan retryAfter)
    {
        var own = others.Name == QueryPlaces.OfTenant;
        context.Response.Headers.RetryAfter = ((long)retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Write(
            context,
            own ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable,
            new GraphQLError(ErrorCodes.LimitExceeded, $"{others.Bound} queries {(own ? "of the tenant " : "")}run here at once, which is as many as may.", []) { Limit = others });
    }

    private static async Task Write(HttpContext context, int status, GraphQLError error)
    {
        var body = new ArrayBufferWriter<byte>();
        ErrorJson.Write(body, [error]);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = (MediaTypes.Accepted(context.Request) ?? MediaType.Json).ContentType();
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = HeaderNames.Accept;
        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }
}
