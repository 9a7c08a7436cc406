namespace QualityIngest.Domain.Formats.Feeds;

/// <summary>What the name of a feed's recording tells: that it is one, and which conversation it is of.</summary>
public static class RecordingName
{
    private const int LongestId = 200;

    /// <summary>Whether a key names a WAV or MP3 file; what it holds is told by its bytes when it is measured.</summary>
    public static bool IsRecording(string key) =>
        key.EndsWith(".wav", StringComparison.OrdinalIgnoreCase) || key.EndsWith(".mp3", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The id of the conversation that a recording is of: the file's name without its folders and its ending. Null, with what
    /// is wrong, where it is none.
    /// </summary>
    public static string? ConversationId(string key, out RowError? error)
    {
        var name = key[(key.LastIndexOf('/') + 1)..];
        var id = IsRecording(name) ? name[..^4] : name;
        error =
            id.Length == 0 ? Refused(RowCodes.MissingValue, "The file's name is its ending alone: a recording is named by its conversation's id.")
            : id.AsSpan().ContainsAny(Csv.ControlCharacters.Refused) ? Refused(RowCodes.ControlCharacter, $"The file's name holds a control character: {Quotation.Of(id)}.")
            : id.EnumerateRunes().Count() is > LongestId and var length ? Refused(RowCodes.TooLong, $"The file's name has {length} characters before its ending; {LongestId} are allowed.")
            : null;
        return error is null ? id : null;
    }

    private static RowError Refused(string code, string message) => new("key", code, message);
}
