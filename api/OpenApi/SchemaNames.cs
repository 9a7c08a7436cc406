using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using QualityIngest.Api.Http;
using QualityIngest.Domain;

namespace QualityIngest.Api.OpenApi;

/// <summary>What schemas are called, which is what generated clients call their types.</summary>
public static class SchemaNames
{
    /// <summary>The name of a type's schema; null writes it in place.</summary>
    public static string? Of(JsonTypeInfo type) => type.Type switch
    {
        var free when free == typeof(JsonElement) || free == typeof(RawJson) || free == typeof(JsonObject) || free == typeof(JsonNode) => null,
        { IsGenericType: true } word when word.GetGenericTypeDefinition() == typeof(Word<>) => null,
        { IsGenericType: true } list when list.GetGenericTypeDefinition() == typeof(Listing<>) => list.GenericTypeArguments[0].Name + "Listing",
        _ => OpenApiOptions.CreateDefaultSchemaReferenceId(type),
    };
}
