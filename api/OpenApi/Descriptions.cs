using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace QualityIngest.Api.OpenApi;

/// <summary>
/// Says of every member what it is where readers and generators of clients look for it: at the member, also where null is a
/// value of it and its schema has a name. A body is described as what it is made of.
/// </summary>
public sealed class Descriptions : IOpenApiDocumentTransformer
{
    /// <inheritdoc/>
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var schema in document.Components?.Schemas?.Values ?? [])
            Within(schema);
        foreach (var body in document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(pair => pair.Value.RequestBody).OfType<OpenApiRequestBody>())
            body.Description ??= body.Content?.Values.Select(content => content.Schema?.Description).FirstOrDefault();
        return Task.CompletedTask;
    }

    private static void Within(IOpenApiSchema schema)
    {
        // The description of a reference is its own only where it was set; else it would be that of the schema it names.
        if (schema is OpenApiSchemaReference { Reference: { Description: { } wrapped } reference })
            reference.Description = wrapped.ReplaceLineEndings(" ");
        if (schema is not OpenApiSchema own)
            return;
        foreach (var part in (own.Properties?.Values ?? []).Concat(own.AllOf ?? []).Concat(own.OneOf ?? []).Append(own.Items).Append(own.AdditionalProperties).OfType<IOpenApiSchema>())
            Within(part);
        if (own.OneOf?.OfType<OpenApiSchemaReference>().SingleOrDefault() is { Reference: { Description: { } said } named })
            (own.Description, named.Description) = (own.Description ?? said, null);
    }
}
