using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace QualityIngest.Api.Tests.OpenApi;

/// <summary>
/// Passes requests on, and fails the test whose request gets an answer that openapi.yaml does not have: a status, a type of
/// body or a type of problem that its operation does not list. Every client of <see cref="ApiHost"/> speaks through it, so
/// that the whole suite holds the document against the API.
/// </summary>
public sealed class DocumentedAnswers() : DelegatingHandler(new SocketsHttpHandler())
{
    private static readonly Lazy<JsonNode> Document = new(Read);

    private static readonly Lazy<IReadOnlyList<(string Method, string[] Path, JsonNode Operation)>> Operations = new(() =>
    [
        .. Document.Value["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (operation.Key.ToUpperInvariant(), path.Key.Split('/'), operation.Value!)))
            .OrderBy(operation => operation.Item2.Count(IsParameter)),
    ]);

    /// <summary>What is wrong with an answer; null: nothing, or the request met no operation.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="path">Its path.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="type">The type of its body; null: it has none.</param>
    /// <param name="problem">The type of the problem that it is; null: it is none.</param>
    public static string? Complaint(string method, string path, int status, string? type, string? problem)
    {
        var segments = path.TrimEnd('/').Split('/');
        var operation = Operations.Value.FirstOrDefault(operation => operation.Method == method && Leads(operation.Path, segments)).Operation;
        if (operation is null)
            return null;
        var name = operation["operationId"];
        if (Resolve(operation["responses"]![$"{status}"]) is not { } response)
            return $"{name} answered {status} {problem}, which openapi.yaml does not list for it.";
        var types = response["content"]?.AsObject().Select(content => content.Key).ToHashSet() ?? [];
        if (type is not null && !types.Contains(type))
            return $"{name} answered {status} with {type}, which openapi.yaml does not list for it.";
        var problems = response["x-problem-types"]?.AsArray().Select(listed => (string)listed!).ToHashSet();
        return problem is not null && problems?.Overlaps([problem, "urn:qualityingest:problem:*"]) == false
            ? $"{name} answered {status} with {problem}, which openapi.yaml does not list for it."
            : null;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var type = response.Content.Headers.ContentType?.MediaType;
        string? problem = null;
        if (type == "application/problem+json" && request.Method != HttpMethod.Head)
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            problem = (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))?["type"];
        }

        return Complaint(request.Method.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode, type, problem) is { } complaint
            ? throw new InvalidOperationException(complaint)
            : response;
    }

    private static bool IsParameter(string segment) => segment.StartsWith('{');

    private static bool Leads(string[] template, string[] path) =>
        template.Length == path.Length && template.Zip(path).All(pair => IsParameter(pair.First) || pair.First == pair.Second);

    private static JsonNode? Resolve(JsonNode? node) =>
        (string?)node?["$ref"] is { } reference ? Document.Value["components"]!["responses"]![reference.Split('/')[^1]] : node;

    private static JsonNode Read()
    {
        var yaml = File.ReadAllText(Path.Combine(Root(), "openapi.yaml"));
        return JsonSerializer.SerializeToNode(new DeserializerBuilder().Build().Deserialize<object>(yaml))!;
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
