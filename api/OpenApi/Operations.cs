using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using QualityIngest.Api.Http;
using QualityIngest.Api.Http.Edge;
using QualityIngest.Api.Http.Repeats;

namespace QualityIngest.Api.OpenApi;

/// <summary>Describes what the HTTP frame adds to an operation: keys, paging, ETags, words and times in the query.</summary>
public sealed class Operations : IOpenApiOperationTransformer
{
    /// <inheritdoc/>
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        Words(operation);
        Key(operation, context, metadata.OfType<IAccess>().LastOrDefault());
        foreach (var parameter in context.Description.ParameterDescriptions)
            await Parameter(operation, context, parameter, cancellationToken);
        Bytes(operation, metadata);
        if (metadata.OfType<PagingMetadata>().Any())
            Page(operation);
        if (metadata.OfType<IfMatchMetadata>().Any())
            operation.Parameters.Add(Header("If-Match", "The ETag of the version that this is meant for, or `*`.", required: true));
        if (metadata.OfType<IdempotencyMetadata>().Any())
            operation.Parameters.Add(Repeat());
        if (metadata.OfType<DeprecationMetadata>().LastOrDefault() is { } deprecation)
            Deprecate(operation, deprecation);
        Paths(operation, context.Description.RelativePath ?? "");
        foreach (var hidden in metadata.OfType<HiddenSegmentMetadata>())
            operation.Parameters.Add(Hidden(hidden));
        if (metadata.OfType<EntityTagMetadata>().Any())
            Tag(operation, context.Document!, isGet: context.Description.HttpMethod == HttpMethods.Get);
    }

    // The first sentence is the title, the others the text. Lines are wrapped where the code is; here a line is a line.
    private static void Words(OpenApiOperation operation)
    {
        foreach (var parameter in operation.Parameters!)
            parameter.Description = parameter.Description?.ReplaceLineEndings(" ");
        operation.Description = operation.Description?.ReplaceLineEndings(" ");
        if (operation.Summary?.ReplaceLineEndings(" ") is not { } summary)
            return;
        var end = summary.IndexOf(". ", StringComparison.Ordinal);
        operation.Summary = end < 0 ? summary : summary[..(end + 1)];
        operation.Description = $"{(end < 0 ? "" : summary[(end + 2)..])} {operation.Description}".Trim();
    }

    private static void Key(OpenApiOperation operation, OpenApiOperationTransformerContext context, IAccess? access)
    {
        if (access is not ScopeAccess { Scope: var scope })
        {
            if (access is TokenAccess { Scope: var extra })
                operation.Description = $"{operation.Description} A key that is sent along needs the scope `{extra}`.".Trim();
            operation.Security = [];
            return;
        }

        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Preface.Key, context.Document)] = [scope] }];
        operation.Description = $"{operation.Description} Needs the scope `{scope}`.".Trim();
    }

    // What stands before a parameter says what it is of: queues/{id}.
    private static void Paths(OpenApiOperation operation, string path)
    {
        var segments = path.Split('/');
        foreach (var parameter in operation.Parameters!.OfType<OpenApiParameter>().Where(parameter => parameter is { In: ParameterLocation.Path, Description: null }))
        {
            var place = Array.FindIndex(segments, segment => segment.StartsWith($"{{{parameter.Name}", StringComparison.Ordinal));
            var many = place > 0 ? segments[place - 1] : "";
            var one = many.EndsWith("ies", StringComparison.Ordinal) ? many[..^3] + "y" : many.EndsWith("ches", StringComparison.Ordinal) ? many[..^2] : many.TrimEnd('s');
            parameter.Description = $"The {one.Replace('-', ' ')}'s id.";
        }
    }

    private static async Task Parameter(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, ApiParameterDescription description, CancellationToken cancel)
    {
        if (operation.Parameters!.OfType<OpenApiParameter>().FirstOrDefault(p => p.Name == description.Name) is not { } parameter)
            return;
        if (parameter.In == ParameterLocation.Query)
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);

        var type = (description.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo.ParameterType;
        var items = type is { IsArray: true } ? type.GetElementType() : null;
        var value = items ?? type;
        value = value is null ? null : Nullable.GetUnderlyingType(value) ?? value;
        IOpenApiSchema? schema = value switch
        {
            { IsGenericType: true } word when word.GetGenericTypeDefinition() == typeof(Word<>) =>
                await Words(context, word.GenericTypeArguments[0], cancel),
            var day when day == typeof(Day) => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" },
            var time when time == typeof(Timestamp) => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
            _ => null,
        };
        if (schema is not null)
            parameter.Schema = items is null ? schema : new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema };
        if (items is not null && parameter.In == ParameterLocation.Query)
            parameter.Required = false; // The framework asks for a list; one that is left out is empty.
    }

    private static async Task<IOpenApiSchema> Words(OpenApiOperationTransformerContext context, Type type, CancellationToken cancel)
    {
        var schema = await context.GetOrCreateSchemaAsync(type, cancellationToken: cancel);
        context.Document!.AddComponent(type.Name, schema);
        return new OpenApiSchemaReference(type.Name, context.Document);
    }

    private static bool IsJson(string type) => type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal);

    // A body that is no JSON is a stream of bytes, whatever the framework calls it.
    private static void Bytes(OpenApiOperation operation, IList<object> metadata)
    {
        foreach (var (type, answer) in operation.Responses?.Values.SelectMany(response => response.Content ?? new Dictionary<string, OpenApiMediaType>()) ?? [])
        {
            if (!IsJson(type))
                answer.Schema = new OpenApiSchema { ContentMediaType = type };
        }

        foreach (var (type, body) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            if (!IsJson(type))
                body.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", MaxLength = (int)(metadata.OfType<IRequestSizeLimitMetadata>().LastOrDefault()?.MaxRequestBodySize ?? HttpFrame.MaxBody) };
        }
    }

    private static void Page(OpenApiOperation operation)
    {
        operation.Parameters!.Add(new OpenApiParameter
        {
            Name = "limit",
            In = ParameterLocation.Query,
            Description = "The most items of the page.",
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int32",
                Minimum = "1",
                Maximum = PagingMetadata.MaxLimit.ToString(CultureInfo.InvariantCulture),
                Default = PagingMetadata.DefaultLimit,
            },
        });
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "cursor",
            In = ParameterLocation.Query,
            Description = "The `nextCursor` of the page before.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }

    private static void Tag(OpenApiOperation operation, OpenApiDocument document, bool isGet)
    {
        foreach (var response in operation.Responses!.Where(response => response.Key.StartsWith('2')).Select(response => response.Value).OfType<OpenApiResponse>())
            response.Headers = new Dictionary<string, IOpenApiHeader> { ["ETag"] = ResponseHeaders.EntityTag(document) };

        if (!isGet)
            return;
        operation.Parameters!.Add(Header("If-None-Match", "The ETag that the caller has already: then the answer is 304 without a body.", required: false));
        operation.Responses!["304"] = new OpenApiResponse
        {
            Description = "The caller has this version already.",
            Headers = new Dictionary<string, IOpenApiHeader> { ["ETag"] = ResponseHeaders.EntityTag(document) },
        };
    }

    private static OpenApiParameter Repeat() => new()
    {
        Name = Idempotency.Header,
        In = ParameterLocation.Header,
        Description = "A name for this call, such as a UUID: sent again with it within 24 hours, the call gets its first answer and is not carried out anew.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255, Pattern = "^[!-~]+$" },
    };

    private static void Deprecate(OpenApiOperation operation, DeprecationMetadata deprecation)
    {
        var end = deprecation.Sunset is { } sunset ? string.Create(CultureInfo.InvariantCulture, $" It ends on {sunset:yyyy-MM-dd}.") : "";
        operation.Deprecated = true;
        operation.Description = $"{operation.Description} This operation will go.{end} What to do instead: {deprecation.Link}".Trim();
    }

    private static OpenApiParameter Hidden(HiddenSegmentMetadata segment) => new()
    {
        Name = segment.Name,
        In = ParameterLocation.Path,
        Description = segment.Description,
        Required = true,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiParameter Header(string name, string description, bool required) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Required = required,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
