using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace QualityIngest.Api.OpenApi;

/// <summary>
/// Makes every schema one that generated clients read as it is meant: words for enums, strings for decimals and times,
/// objects of any content where the content is free.
/// </summary>
public sealed class ClientProofSchemas : IOpenApiSchemaTransformer
{
    private const string DateTime = "date-time";

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        var value = Nullable.GetUnderlyingType(type);
        var nullable = value is null ? default : JsonSchemaType.Null;
        value ??= type;

        if (value.IsEnum)
        {
            schema.Type = JsonSchemaType.String | nullable;
            schema.Enum = [.. Enum.GetValues(value).Cast<object>().Select(word => JsonSerializer.SerializeToNode(word, value, context.JsonTypeInfo.Options)!)];
        }
        else if (value == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String | nullable;
            schema.Format = DateTime;
        }
        else if (context.JsonTypeInfo.ElementType == typeof(DateTimeOffset))
        {
            // An element with a converter of its own has an empty schema, which the document leaves out.
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.String, Format = DateTime };
        }
        else if (value == typeof(decimal))
        {
            schema.Type = JsonSchemaType.String | nullable;
            schema.Format = "decimal";
            schema.Pattern = @"^-?[0-9]+(\.[0-9]+)?$";
        }
        else if (value == typeof(JsonObject) || value.IsAssignableTo(typeof(IEnumerable<KeyValuePair<string, JsonElement>>)))
        {
            schema.Type = JsonSchemaType.Object;
            schema.AdditionalProperties = new OpenApiSchema();
        }

        // Summaries are wrapped where the code is; here a line is a line.
        schema.Description = schema.Description?.ReplaceLineEndings(" ");
        if (value.IsEnum)
            schema.Description = WithValues(schema.Description, value, context.JsonTypeInfo.Options);

        return Task.CompletedTask;
    }

    private static string? WithValues(string? description, Type type, JsonSerializerOptions options)
    {
        var lines = Enum.GetValues(type).Cast<object>()
            .Select(value => (Word: JsonSerializer.SerializeToNode(value, type, options)!.GetValue<string>(), Summary: WrittenSummaries.Of(type, value.ToString()!)))
            .Where(value => value.Summary is not null)
            .Select(value => $"- `{value.Word}`: {value.Summary}")
            .ToList();
        return lines is [] ? description : $"{description}\n\n{string.Join('\n', lines)}";
    }
}
