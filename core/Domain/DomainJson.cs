using System.Text.Json;
using System.Text.Json.Serialization;

namespace QualityIngest.Domain;

/// <summary>How the domain writes JSON: camelCase members, snake_case enums, nulls left out.</summary>
public static class DomainJson
{
    /// <summary>The options of everything that is stored as JSON: events, parsed rows, settings, work items.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The value as JSON text.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>The value that a stored text holds.</summary>
    /// <exception cref="JsonException">The text is no such value.</exception>
    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"A stored {typeof(T).Name} is null.");

    /// <summary>The stored word of an enum's member: snake_case.</summary>
    public static string Word<TEnum>(TEnum value) where TEnum : struct, Enum =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>The member that a stored word stands for.</summary>
    /// <exception cref="FormatException">No member has this word.</exception>
    public static TEnum Parse<TEnum>(string word) where TEnum : struct, Enum =>
        Words<TEnum>.Members.TryGetValue(word, out var member) ? member : throw new FormatException($"“{word}” is no {typeof(TEnum).Name}.");

    private static class Words<TEnum> where TEnum : struct, Enum
    {
        public static readonly Dictionary<string, TEnum> Members = Enum.GetValues<TEnum>().ToDictionary(Word);
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.Strict,
            AllowOutOfOrderMetadataProperties = true,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
