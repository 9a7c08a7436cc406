using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using QualityIngest.Api.Http;

namespace QualityIngest.Api.OpenApi;

/// <summary>
/// States the bounds of every text, number and list. Those of requests are the ones that the code refuses by (a contract test
/// oversteps each); those of answers are what storage and wire can hold.
/// </summary>
public sealed class Bounds : IOpenApiDocumentTransformer
{
    /// <summary>The most characters of a text, and items of a list, that nothing else bounds: the bytes of the largest record, 16 MiB.</summary>
    public const int Most = 16_777_216;

    private const int MostOfCode = 100;
    private const int MostOfCursor = 1024;
    private const int MostOfPage = 100;

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
            Within(name, name, schema);
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(pair => pair.Value))
        {
            foreach (var parameter in operation.Parameters ?? [])
                Parameter(parameter);
            foreach (var content in operation.Responses?.Values.SelectMany(response => response.Content?.Values ?? []) ?? [])
                Within("", "", content.Schema);
        }

        return Task.CompletedTask;
    }

    private static void Parameter(IOpenApiParameter parameter)
    {
        if (parameter.Schema is not OpenApiSchema schema)
            return;
        if (Is(schema, JsonSchemaType.Array))
            schema.MaxItems ??= KnownParameters.MaxValues;
        if (parameter.Name == "revision")
            schema.Minimum = "1";
        if ((schema.Items ?? schema) is OpenApiSchema { Format: null, Enum: not { Count: > 0 } } text && Is(text, JsonSchemaType.String))
            text.MaxLength ??= parameter.Name == "tenant" ? 63 : KnownParameters.MaxLength;
        Within("", parameter.Name ?? "", schema);
    }

    private static void Within(string owner, string member, IOpenApiSchema? schema)
    {
        if (schema is not OpenApiSchema own)
            return;
        RequestBounds.Apply(owner, member, own);
        if (Is(own, JsonSchemaType.String))
            Text(own, member);
        if (Is(own, JsonSchemaType.Integer))
            Number(own);
        if (Is(own, JsonSchemaType.Array))
            own.MaxItems ??= owner.EndsWith("Listing", StringComparison.Ordinal) ? MostOfPage : Most;

        Within(owner, member, own.Items);
        Within(owner, member, own.AdditionalProperties);
        foreach (var (name, property) in own.Properties ?? new Dictionary<string, IOpenApiSchema>())
            Within(owner, name, property);
        foreach (var part in (own.AllOf ?? []).Concat(own.OneOf ?? []).Concat(own.AnyOf ?? []))
            Within(owner, member, part);
    }

    private static void Text(OpenApiSchema schema, string member)
    {
        if (schema.Enum is { Count: > 0 } || schema.Const is not null)
            return;
        schema.MaxLength ??= (schema.Format, member) switch
        {
            ("uuid", _) => 36,
            ("date", _) => 10,
            ("date-time" or "decimal", _) => 40,
            (_, "code" or "errorCode" or "eventType" or "type" or "kind" or "format") => MostOfCode,
            (_, "cursor" or "nextCursor" or "next" or "after") => MostOfCursor,
            _ => Most,
        };
    }

    private static void Number(OpenApiSchema schema)
    {
        var (least, most) = schema.Format == "int32" ? (int.MinValue, int.MaxValue) : (long.MinValue, long.MaxValue);
        schema.Minimum ??= least.ToString(CultureInfo.InvariantCulture);
        schema.Maximum ??= most.ToString(CultureInfo.InvariantCulture);
    }

    private static bool Is(OpenApiSchema schema, JsonSchemaType type) => schema.Type?.HasFlag(type) == true;
}
