using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace QualityIngest.EventStore;

/// <summary>
/// The events that are known: which stored name stands for which record. Names are for ever and records may be renamed,
/// so a name is given and never derived. Filled at start, then read by any number of threads.
/// </summary>
/// <param name="json">
/// How events are written; by default camelCase members, enums as snake_case words, and no member that is null.
/// </param>
public sealed partial class EventRegistry(JsonSerializerOptions? json = null)
{
    private const int MaxName = 500;

    private readonly JsonSerializerOptions _json = json ?? DefaultJson();
    private readonly Dictionary<string, JsonTypeInfo> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, (string Name, JsonTypeInfo Json)> _byType = [];

    /// <summary>Every stored name and the record it stands for.</summary>
    public IReadOnlyDictionary<string, Type> Events => _byName.ToDictionary(e => e.Key, e => e.Value.Type);

    /// <summary>Gives an event its stored name: snake_case, unique, never changed afterwards.</summary>
    /// <exception cref="ArgumentException">The name is not snake_case, or the name or the type is taken.</exception>
    public EventRegistry Map<T>(string storedName)
        where T : notnull
    {
        if (storedName.Length > MaxName || !SnakeCase().IsMatch(storedName))
            throw new ArgumentException($"'{storedName}' is not a stored name: use snake_case of at most {MaxName} characters.", nameof(storedName));
        if (_byType.TryGetValue(typeof(T), out var known))
            throw new ArgumentException($"{typeof(T).Name} is stored as '{known.Name}' already.", nameof(storedName));
        var info = _json.GetTypeInfo(typeof(T));
        if (!_byName.TryAdd(storedName, info))
            throw new ArgumentException($"'{storedName}' stands for {_byName[storedName].Type.Name} already.", nameof(storedName));
        _byType.Add(typeof(T), (storedName, info));
        return this;
    }

    /// <summary>The stored name of an event.</summary>
    /// <exception cref="UnknownEventException">Its type is not registered.</exception>
    public string NameOf(object data) => Entry(data).Name;

    /// <summary>Reads an event back from its JSON (UTF-8).</summary>
    /// <exception cref="UnknownEventException">The name is not registered.</exception>
    public object Read(string storedName, ReadOnlySpan<byte> utf8) =>
        _byName.TryGetValue(storedName, out var info)
            ? JsonSerializer.Deserialize(utf8, info) ?? throw new JsonException($"A stored '{storedName}' is null.")
            : throw new UnknownEventException($"No event is registered under the stored name '{storedName}'.");

    /// <summary>Writes an event as JSON (UTF-8).</summary>
    /// <exception cref="UnknownEventException">Its type is not registered.</exception>
    public void Write(Utf8JsonWriter writer, object data) => JsonSerializer.Serialize(writer, data, Entry(data).Json);

    private (string Name, JsonTypeInfo Json) Entry(object data) =>
        _byType.TryGetValue(data.GetType(), out var entry)
            ? entry
            : throw new UnknownEventException($"{data.GetType().Name} is not registered as an event.");

    private static JsonSerializerOptions DefaultJson() => new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();
}

/// <summary>Thrown when an event is stored, or handed over, that nobody registered: a defect, or a database newer than the program.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Only the registry raises it.")]
public sealed class UnknownEventException(string message) : Exception(message);
