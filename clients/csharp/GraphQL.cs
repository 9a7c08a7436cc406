using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QualityIngest.Client;

public partial interface IQualityIngestClient
{
    /// <summary>Asks <c>/graphql</c>. What the query asks for decides what the API key needs; see the schema there.</summary>
    /// <typeparam name="T">The shape of <c>data</c>, in camelCase; <see cref="JsonElement"/> for any.</typeparam>
    /// <param name="query">The query.</param>
    /// <param name="variables">Its variables: an object whose members are written in camelCase. Words of enums are texts, in capitals.</param>
    /// <param name="cancellationToken">Gives the query up.</param>
    /// <exception cref="GraphQLException">The query was not answered, or not wholly; also where the API key is unknown or lacks a scope.</exception>
    /// <exception cref="QualityIngestException">The request has to wait, e.g. for a rate limit or the database, or was refused before it was read as a query.</exception>
    Task<T> QueryAsync<T>(string query, object? variables = null, CancellationToken cancellationToken = default);
}

public partial class QualityIngestClient
{
    /// <inheritdoc/>
    public virtual async Task<T> QueryAsync<T>(string query, object? variables = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql")
        {
            Content = JsonContent.Create(new { query, variables }, options: JsonSerializerOptions.Web),
        };
        request.Headers.Accept.ParseAdd("application/graphql-response+json");
        using var response = await _httpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.Content.Headers.ContentType?.MediaType is not ("application/graphql-response+json" or "application/json"))
            throw await Refusal(response, cancellationToken).ConfigureAwait(false);
        var answer = await response.Content.ReadFromJsonAsync<GraphQLAnswer<T>>(JsonSerializerOptions.Web, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            throw Refusal(response, answer?.Errors is [var error, ..] ? error : null);
        return answer is { Data: { } data, Errors: null or [] } ? data : throw new GraphQLException(answer?.Errors ?? []);
    }

    private async Task<QualityIngestException> Refusal(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var headers = HeadersOf(response);
        var problem = await ReadObjectResponseAsync<Problem>(response, headers, cancellationToken).ConfigureAwait(false);
        return new QualityIngestException<Problem>("A problem.", (int)response.StatusCode, problem.Text, headers, problem.Object, null);
    }

    // In the form of GraphQL: its error's code is the problem's, in capitals.
    private static QualityIngestException Refusal(HttpResponseMessage response, GraphQLError? error)
    {
        var (status, headers) = ((int)response.StatusCode, HeadersOf(response));
        if (error is not { Code: { } words })
            return new QualityIngestException("A refusal.", status, null, headers, null);
        var code = words.ToLowerInvariant();
        var problem = new Problem
        {
            Type = "urn:qualityingest:problem:" + code,
            Title = error.Message,
            Status = status,
            Code = code,
            Detail = error.Message,
            TraceId = null,
            Errors = [],
        };
        return new QualityIngestException<Problem>("A problem.", status, null, headers, problem, null);
    }

    private static Dictionary<string, IEnumerable<string>> HeadersOf(HttpResponseMessage response) =>
        response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => h.Value);

    private sealed record GraphQLAnswer<T>(T? Data, IReadOnlyList<GraphQLError>? Errors);
}

/// <summary>What is wrong with a query.</summary>
/// <param name="Message">The sentence for people.</param>
/// <param name="Extensions">Its <c>code</c>, and what else is known.</param>
public sealed record GraphQLError(string Message, JsonElement? Extensions)
{
    /// <summary>A stable word such as <c>INSUFFICIENT_SCOPE</c>; null where the server gives none.</summary>
    [JsonIgnore]
    public string? Code =>
        Extensions is { ValueKind: JsonValueKind.Object } extensions && extensions.TryGetProperty("code", out var code) ? code.GetString() : null;
}

/// <summary>A query that was not answered, or not wholly.</summary>
public sealed class GraphQLException(IReadOnlyList<GraphQLError> errors)
    : Exception(errors is [var first, ..] ? first.Message : "The query was not answered.")
{
    /// <summary>What is wrong, at least one where the server says.</summary>
    public IReadOnlyList<GraphQLError> Errors => errors;
}
