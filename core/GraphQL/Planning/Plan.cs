using QualityIngest.GraphQL.Execution;

namespace QualityIngest.GraphQL.Planning;

/// <summary>An operation as one statement, for all requests of one shape.</summary>
/// <param name="Sql">The statement; empty where nothing of the database is selected.</param>
/// <param name="Slots">Its parameters, <c>$1</c> first.</param>
/// <param name="Unspoken">Values of requests that no parameter needs, and that may be wrong all the same.</param>
/// <param name="Cost">The rows it can touch.</param>
/// <param name="Requirements">What its fields require.</param>
/// <param name="Keys">Where nothing of the database is selected: the response's keys, each with its JSON.</param>
internal sealed record Plan(
    string Sql, IReadOnlyList<Slot> Slots, IReadOnlyList<Slot> Unspoken, Cost Cost, IReadOnlySet<string> Requirements,
    IReadOnlyList<(string Key, Func<Binding, byte[]> Json)>? Keys)
{
    private readonly bool _namesZone = Slots.Any(slot => slot is ZoneSlot);

    /// <summary>Its share of a cache's bytes: the statement, and some for what stands around it.</summary>
    public long Weight => 1024 + 2L * Sql.Length + 200L * Slots.Count;

    /// <summary>Fills the parameters with the values of a request, or says what is wrong with them.</summary>
    /// <param name="variables">The request's variables, of the shape that was planned for.</param>
    /// <param name="maxRows">How many rows a request may ask for.</param>
    public Preparation Bind(IReadOnlyDictionary<string, object?> variables, long maxRows)
    {
        var binding = new Binding(variables);
        var values = new PreparedValue[Slots.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = new(Slots[i].Type, Slots[i].Value(binding));
        foreach (var slot in Unspoken)
            slot.Value(binding);
        var answer = Keys is null ? null : Answer(Keys, binding);
        if (binding.Errors.Count == 0 && Cost.Rows(binding) is var rows && rows > maxRows)
        {
            binding.Errors.Add(new GraphQLError(
                ErrorCodes.LimitExceeded, $"The query asks for up to {rows} rows, its page sizes multiplied along its lists; {maxRows} are allowed.", [])
            {
                Limit = new("rows", maxRows, rows),
            });
        }
        return binding.Errors.Count > 0 ? new(binding.Errors, Language.OperationKind.Query) : new(new Prepared(Sql, values, binding.Required(Requirements), answer, _namesZone));
    }

    private static byte[] Answer(IReadOnlyList<(string Key, Func<Binding, byte[]> Json)> keys, Binding binding)
    {
        using var stream = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var (key, value) in keys)
            {
                json.WritePropertyName(key);
                if (value(binding) is { Length: > 0 } told)
                    json.WriteRawValue(told, skipInputValidation: true);
                else
                    json.WriteNullValue(); // an error was said, and this is not sent
            }
            json.WriteEndObject();
        }
        return stream.ToArray();
    }
}
