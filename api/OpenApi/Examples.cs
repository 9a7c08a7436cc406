using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using QualityIngest.Api.Http;

namespace QualityIngest.Api.OpenApi;

/// <summary>
/// Shows what bodies look like. The folder of this name has a file a schema, or one of an operation's own; a list shows one of
/// its items, and a problem the first of its types. All of them tell of one connector, one call and its agent.
/// </summary>
public sealed class Examples : IOpenApiDocumentTransformer
{
    private const string Json = "application/json";
    private const string Lists = "Listing";

    private static readonly Assembly Assembly = typeof(Examples).Assembly;

    private static readonly Dictionary<string, JsonNode> Parameters = new(StringComparer.Ordinal)
    {
        ["tenant"] = "acme",
        ["bucket"] = "acme-calls",
        ["format"] = "conversation-json",
        ["name"] = "conversations.jsonl",
        ["key"] = "historical_transcripts/version=1/format=csv/dt=2025-04-10/part-0.csv",
        ["side"] = "agent",
        ["token"] = "3Zk1yQ0x7cVb2mN8rT5w",
        ["If-Match"] = "\"1\"",
    };

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(pair => pair.Value))
        {
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.Required) ?? [])
                parameter.Example = Parameters.GetValueOrDefault(parameter.Name ?? "")?.DeepClone() ?? ByFormat(parameter);
            foreach (var (type, body) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
                body.Example = type == Json ? Of(body.Schema) : File($"{operation.OperationId}.txt") is { } text ? JsonValue.Create(text) : null;
            foreach (var answer in operation.Responses?.Values.OfType<OpenApiResponse>() ?? [])
                Answered(answer, operation.OperationId);
        }

        foreach (var answer in document.Components?.Responses?.Values.OfType<OpenApiResponse>() ?? [])
            Answered(answer);
        return Task.CompletedTask;
    }

    private static JsonNode? ByFormat(OpenApiParameter parameter) => (parameter.Schema as OpenApiSchema)?.Format switch
    {
        "uuid" => "0196a3f2-7c1e-7d4a-9b1e-3f2a5c6d7e8f",
        "date" => parameter.Name == "to" ? "2025-04-11" : "2025-04-10",
        _ => null,
    };

    private static void Answered(OpenApiResponse answer, string? operation = null)
    {
        if (answer.Content?.TryGetValue(Json, out var body) == true)
            body.Example = Named(operation ?? "") ?? Of(body.Schema);
        if (answer.Content?.TryGetValue("application/problem+json", out var problem) == true)
            problem.Example = Refused(answer);
    }

    private static JsonNode? Of(IOpenApiSchema? schema) => schema switch
    {
        OpenApiSchemaReference { Reference.Id: { } name } when name.EndsWith(Lists, StringComparison.Ordinal) =>
            Named(name[..^Lists.Length]) is { } item ? new JsonObject { ["items"] = new JsonArray(item), ["nextCursor"] = null } : Named(name),
        OpenApiSchemaReference { Reference.Id: { } name } => Named(name),
        OpenApiSchema { Items: OpenApiSchemaReference { Reference.Id: { } name } } => Named(name) is { } item ? new JsonArray(item) : null,
        _ => null,
    };

    internal static JsonNode? Named(string schema) => File($"{schema}.json") is { } text ? JsonNode.Parse(text) : null;

    private static JsonObject? Refused(OpenApiResponse answer)
    {
        if (answer.Extensions?.TryGetValue(ProblemResponses.Types, out var types) != true || types is not JsonNodeExtension { Node: JsonArray { Count: > 0 } listed })
            return null;
        var type = (string)listed[0]!;
        var code = type[(type.LastIndexOf(':') + 1)..];
        return ProblemExamples.Of(code);
    }

    private static string? File(string name)
    {
        using var stream = Assembly.GetManifestResourceStream($"OpenApi/Examples/{name}");
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }
}
