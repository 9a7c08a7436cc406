using Microsoft.Net.Http.Headers;

namespace QualityIngest.Api.GraphQL.Serving;

/// <summary>The two forms of an answer, which differ in what their status codes may say.</summary>
public enum MediaType
{
    /// <summary><c>application/json</c>: 200 wherever the request was understood as one of GraphQL, errors or not.</summary>
    Json,

    /// <summary><c>application/graphql-response+json</c>: the status tells whether there is data.</summary>
    GraphQLResponse,
}

/// <summary>Finds the form that a client asks for, by its header <c>Accept</c>.</summary>
public static class MediaTypes
{
    private const string Json = "application/json", GraphQLResponse = "application/graphql-response+json";

    /// <summary>The header of an answer.</summary>
    public static string ContentType(this MediaType type) => (type is MediaType.Json ? Json : GraphQLResponse) + "; charset=utf-8";

    /// <summary>
    /// The form that the client likes most; of equals the newer one. <c>application/json</c> where it takes anything or does not
    /// say. Null: it takes neither.
    /// </summary>
    public static MediaType? Accepted(HttpRequest request)
    {
        var accept = request.GetTypedHeaders().Accept;
        if (accept is [])
            return request.Headers.Accept.Count == 0 ? MediaType.Json : null;
        var (json, graphql) = (Quality(accept, Json), Quality(accept, GraphQLResponse));
        if (json == 0 && graphql == 0)
            return null;
        var named = accept.Any(range => range.MediaType.Equals(GraphQLResponse, StringComparison.OrdinalIgnoreCase));
        return graphql > json || (graphql == json && named) ? MediaType.GraphQLResponse : MediaType.Json;
    }

    /// <summary>Whether the client is a browser that opens a page: it asks for HTML by name.</summary>
    public static bool WantsPage(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(range => range.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && range.Quality is not 0);

    // The most specific range that covers a type speaks for it.
    private static double Quality(IList<MediaTypeHeaderValue> ranges, string type) =>
        ranges
            .Where(range => (range.MatchesAllTypes || range.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase) || range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)) && range.Charset is { HasValue: false } or { Value: "utf-8" or "UTF-8" })
            .OrderByDescending(range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2)
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
}
