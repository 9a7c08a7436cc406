using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using QualityIngest.Api.Http;
using QualityIngest.Api.OpenApi;
using QualityIngest.Client;
using QualityIngest.Domain;

namespace QualityIngest.Wire;

/// <summary>Types by what the document calls them.</summary>
internal static class Schemas
{
    private const string Listing = "Listing";

    /// <summary>The server's types.</summary>
    public static IReadOnlyDictionary<string, Type> OfServer()
    {
        var types = new[] { typeof(Failure).Assembly, typeof(WireFormat).Assembly }
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => !type.IsGenericTypeDefinition && type is not { IsAbstract: true, IsSealed: true } && !typeof(Delegate).IsAssignableFrom(type))
            .ToList();
        var lists = types.Where(type => !type.IsEnum && !type.ContainsGenericParameters).Select(type => typeof(Listing<>).MakeGenericType(type));
        return ByName(types.Concat(lists), type => SchemaNames.Of(JsonTypeInfo.CreateJsonTypeInfo(type, JsonSerializerOptions.Web)));
    }

    /// <summary>The client's types.</summary>
    public static IReadOnlyDictionary<string, Type> OfClient() =>
        ByName(typeof(QualityIngestClient).Assembly.GetExportedTypes().Where(type => !type.IsGenericTypeDefinition), type => type.Name);

    private static Dictionary<string, Type> ByName(IEnumerable<Type> types, Func<Type, string?> name) => types
        .Where(type => !type.IsByRefLike && !type.IsPointer)
        .GroupBy(type => name(type) ?? "")
        .Where(group => group.Key.Length > 0)
        .ToDictionary(group => group.Key, group => group.OrderByDescending(type => type.IsGenericType).ThenBy(type => type.IsNested).First());
}
