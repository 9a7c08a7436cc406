using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace QualityIngest.Api.OpenApi;

/// <summary>
/// Writes a union of records as clients' generators know it: a base with a discriminator, and members that are
/// <c>allOf</c> the base and their own.
/// </summary>
public sealed class Unions : IOpenApiDocumentTransformer
{
    /// <inheritdoc/>
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var schemas = document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>();
        foreach (var (name, schema) in schemas.ToList())
        {
            if (schema is OpenApiSchema { Discriminator: { Mapping: not null, PropertyName: { } tag }, AnyOf.Count: > 0 } union)
                Rewrite(document, schemas, name, union, tag);
        }

        document.Components?.Schemas = schemas.OrderBy(schema => schema.Key, StringComparer.Ordinal).ToDictionary();
        return Task.CompletedTask;
    }

    private static void Rewrite(OpenApiDocument document, IDictionary<string, IOpenApiSchema> schemas, string name, OpenApiSchema union, string tag)
    {
        union.AnyOf = null;
        union.Properties = new Dictionary<string, IOpenApiSchema>
        {
            [tag] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. union.Discriminator!.Mapping!.Keys], Description = "Which kind it is: the other members follow from it." },
        };

        foreach (var (word, reference) in union.Discriminator.Mapping!.ToList())
        {
            // Named after the union and the record; the record's name alone is what a client should see.
            var longName = reference.Reference.Id!;
            var shortName = longName[name.Length..];
            if (!schemas.Remove(longName, out var found) || found is not OpenApiSchema own)
                throw new InvalidOperationException($"The union {name} lacks the schema of '{word}'.");
            if (!schemas.TryAdd(shortName, Member(document, name, own, tag)))
                throw new InvalidOperationException($"{shortName} is used both inside and outside of {name}; use the union outside too.");
            union.Discriminator.Mapping![word] = new OpenApiSchemaReference(shortName, document);
        }
    }

    private static OpenApiSchema Member(OpenApiDocument document, string union, OpenApiSchema own, string tag)
    {
        own.Properties?.Remove(tag);
        own.Required?.Remove(tag);
        var description = own.Description;
        own.Description = null;
        own.Type = JsonSchemaType.Object;
        own.AdditionalPropertiesAllowed = true;
        return new OpenApiSchema
        {
            Description = description,
            AllOf = [new OpenApiSchemaReference(union, document), own],
            UnevaluatedProperties = false,
        };
    }
}
