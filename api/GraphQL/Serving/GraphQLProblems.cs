using System.Buffers;
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
    public static async Task Write(HttpContext context, Misasked fault)
    {
        var body = new ArrayBufferWriter<byte>();
        ErrorJson.Write(body, [new GraphQLError(fault.Code, fault.Message, [])]);
        var response = context.Response;
        response.StatusCode = fault.Status;
        response.ContentType = (MediaTypes.Accepted(context.Request) ?? MediaType.Json).ContentType();
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = HeaderNames.Accept;
        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }
}
