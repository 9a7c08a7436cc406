using System.Text.Json;
using QualityIngest.Domain.Formats.Transcripts;

namespace QualityIngest.Domain.Formats;

/// <summary>
/// The faults of one conversation while it is read. They are noted by the byte where they show; the paths, which nobody
/// needs while all is well, are found in one more walk at the end.
/// </summary>
internal sealed class JsonFaults
{
    /// <summary>Faults that are told of one conversation.</summary>
    public const int Most = 100;

    private const int LongestPath = 1_000;
    private readonly List<Note> _notes = [];

    private readonly record struct Note(int Position, string? Missing, string Code, string Message);

    /// <summary>How many there are.</summary>
    public int Count => _notes.Count;

    /// <summary>Whether it is not worth reading on.</summary>
    public bool IsFull => _notes.Count >= Most;

    public void Clear() => _notes.Clear();

    /// <summary>Notes a fault of the value at a byte.</summary>
    public void Add(long position, string code, string message) => _notes.Add(new((int)position, null, code, message));

    /// <summary>Notes that the object at a byte lacks a member.</summary>
    public void AddMissing(long position, string name) => _notes.Add(new((int)position, name, RowCodes.MissingValue, $"{name} is required."));

    /// <summary>The faults with their paths, in the order of the bytes.</summary>
    public IReadOnlyList<RowError> Located(ReadOnlySpan<byte> json)
    {
        var ordered = _notes.OrderBy(note => note.Position).Take(Most).ToList();
        var errors = new List<RowError>(ordered.Count + 1);
        var path = new JsonPath();
        var arrays = new Stack<bool>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonGrammar.MaxDepth });
        while (errors.Count < ordered.Count && Step(ref reader))
        {
            var start = (int)reader.TokenStartIndex;
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                arrays.Pop();
                path.Leave();
                continue;
            }
            if (reader.TokenType is JsonTokenType.PropertyName) path.Member(start + 1, reader.ValueSpan.Length);
            else if (arrays.TryPeek(out var inArray) && inArray) path.Element();
            for (; errors.Count < ordered.Count && ordered[errors.Count].Position < reader.BytesConsumed;)
                errors.Add(Error(ordered[errors.Count], path, json));
            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) continue;
            path.Enter(start);
            arrays.Push(reader.TokenType is JsonTokenType.StartArray);
        }
        while (errors.Count < ordered.Count) errors.Add(Error(ordered[errors.Count], path, json));
        if (IsFull) errors.Add(new(null, RowCodes.TooManyFaults, $"More than {Most - 1} faults: the others are not looked for."));
        return errors;
    }

    private static RowError Error(Note note, JsonPath path, ReadOnlySpan<byte> json)
    {
        var text = path.Text(json);
        if (note.Missing is not null) text = $"{text}.{note.Missing}";
        return new(text.Length > LongestPath ? $"{text[..LongestPath]}…" : text, note.Code, note.Message);
    }

    private static bool Step(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
