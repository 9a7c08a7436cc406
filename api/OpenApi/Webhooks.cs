using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using QualityIngest.Domain.Webhooks;
using QualityIngest.Domain.Webhooks.Messages;

namespace QualityIngest.Api.OpenApi;

/// <summary>Describes what subscribers are sent: one message a type of event, and how it is to be answered.</summary>
public sealed class Webhooks : IOpenApiDocumentTransformer
{
    private const string Message = nameof(EventMessage);
    private const string Tag = "Webhooks";

    private static readonly JsonNode Data = Examples.Named("messages")!;

    private const string Rules = """
        The signature is checked as Standard Webhooks 1.0 has it. The same event may arrive more than once, always under the
        same id; of two messages about one thing, the one with the higher `data.version` is newer. What is larger than 20 kB
        is only linked.
        """;

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        // Where nothing tells of events there are no messages either.
        if (document.Components?.Schemas?.TryGetValue(nameof(EventData), out var schema) != true || schema is not OpenApiSchema { Discriminator.Mapping: { } kinds })
            return Task.CompletedTask;

        foreach (var member in kinds.Values.SelectMany(kind => document.Components.Schemas[kind.Reference.Id!].AllOf ?? []).OfType<OpenApiSchema>())
            LeaveNullsOut(member);
        document.AddComponent(Message, Envelope(document));
        document.Webhooks = new Dictionary<string, IOpenApiPathItem>();
        foreach (var (type, summary) in Types())
        {
            document.Webhooks[type] = new OpenApiPathItem
            {
                Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Post] = Told(type, summary, kinds, document) },
            };
        }

        return Task.CompletedTask;
    }

    // Pages of the feed have every member; a message has those that say something.
    private static void LeaveNullsOut(OpenApiSchema member) => (member.Required as HashSet<string>)?.RemoveWhere(name =>
        member.Properties?[name] is OpenApiSchema property
        && (property.Type?.HasFlag(JsonSchemaType.Null) == true || property.OneOf?.Any(part => part.Type == JsonSchemaType.Null) == true));

    private static IEnumerable<(string Type, string Summary)> Types() =>
        typeof(EventTypes).Assembly.GetTypes()
            .Select(stored => (Type: EventTypes.NameOf(stored), Summary: WrittenSummaries.Of(stored)))
            .Where(told => told.Type is not null)
            .Select(told => (told.Type!, told.Summary ?? told.Type!))
            .Append((EventTypes.Test, "Somebody tries the endpoint: no event stands behind it."))
            .OrderBy(told => told.Item1, StringComparer.Ordinal);

    private static OpenApiSchema Envelope(OpenApiDocument document) => new()
    {
        Type = JsonSchemaType.Object,
        Description = "What subscribers read about one event.",
        Required = new HashSet<string> { "id", "type", "timestamp", "data" },
        AdditionalPropertiesAllowed = false,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["id"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "The event's id: the same in every message and page that tells of it.",
                MaxLength = 36,
                Pattern = "^evt_[0-9a-f]{32}$",
            },
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What happened, as a type of event.", MaxLength = 100 },
            ["timestamp"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "When it was stored.", Format = "date-time", MaxLength = 40 },
            ["data"] = new OpenApiSchemaReference(nameof(EventData), document)
            {
                Description = "What is known of it: ids, codes and numbers, never what was said. Members may be added over time.",
            },
        },
    };

    private static OpenApiOperation Told(string type, string summary, IDictionary<string, OpenApiSchemaReference> kinds, OpenApiDocument document)
    {
        var about = type[..type.IndexOf('.', StringComparison.Ordinal)];
        return new OpenApiOperation
        {
            OperationId = type,
            Summary = $"{type}: {summary}",
            Description = Rules.ReplaceLineEndings(" "),
            Tags = new HashSet<OpenApiTagReference> { new(Tag, document) },
            Parameters = Headers(),
            Security = [],
            RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Description = "The event.",
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new() { Schema = Body(type, kinds[about], kinds["linked"], document), Example = Example(type) },
                },
            },
            Responses = new OpenApiResponses
            {
                ["200"] = new OpenApiResponse { Description = "It is taken. Any status from 200 to 299 says so, within 15 seconds." },
                ["410"] = new OpenApiResponse { Description = "Nobody listens here any more: the endpoint is disabled." },
                ["default"] = new OpenApiResponse { Description = "It is not taken: it is sent again, ten times within some four days. A redirection counts as a failure." },
            },
        };
    }

    private static JsonObject Example(string type) => new()
    {
        ["id"] = "evt_0196a3f27c1e7d4a9b1e3f2a5c6d7e8a",
        ["type"] = type,
        ["timestamp"] = "2025-04-10T14:30:04.000001Z",
        ["data"] = Data[type]!.DeepClone(),
    };

    private static OpenApiSchema Body(string type, OpenApiSchemaReference data, OpenApiSchemaReference linked, OpenApiDocument document) => new()
    {
        AllOf =
        [
            new OpenApiSchemaReference(Message, document),
            new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Const = type },
                    ["data"] = new OpenApiSchema { AnyOf = [new OpenApiSchemaReference(data.Reference.Id!, document), new OpenApiSchemaReference(linked.Reference.Id!, document)] },
                },
            },
        ],
    };

    private static List<IOpenApiParameter> Headers() =>
    [
        Header("webhook-id", "The event's id: the same in every attempt.", required: true, new() { Type = JsonSchemaType.String, MaxLength = 36 }),
        Header("webhook-timestamp", "When this attempt was made, in seconds since 1970.", required: true, new() { Type = JsonSchemaType.String, MaxLength = 20, Pattern = "^[0-9]+$" }),
        Header(
            "webhook-signature",
            "One signature a key, with a space between them: `v1,` and the base64 of the HMAC-SHA256 over `id.timestamp.body`.",
            required: true, new() { Type = JsonSchemaType.String, MaxLength = 1000 }),
        Header("webhook-replay", "The replay that asked for the message; absent: the event did.", required: false, new() { Type = JsonSchemaType.String, Format = "uuid", MaxLength = 36 }),
    ];

    private static OpenApiParameter Header(string name, string description, bool required, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Required = required, Schema = schema };
}
