namespace QualityIngest.Domain.Formats;

/// <summary>What a file of conversation-json holds, as the end of its name says, whatever the case.</summary>
internal enum FileKind
{
    /// <summary>None that is read.</summary>
    Other,

    /// <summary>An array of conversations, or one: <c>.json</c>.</summary>
    Document,

    /// <summary>A conversation a line: <c>.jsonl</c>, <c>.ndjson</c>.</summary>
    Lines,

    /// <summary>One document or one file of lines, compressed: <c>.json.gz</c>, <c>.jsonl.gz</c>, <c>.ndjson.gz</c>.</summary>
    Gzip,

    /// <summary>A zip of documents and files of lines: <c>.zip</c>.</summary>
    Zip,

    /// <summary>A compressed tar of them: <c>.tar.gz</c>, <c>.tgz</c>.</summary>
    Tar,
}

/// <summary>Tells kinds by names.</summary>
internal static class FileKinds
{
    private const string Compressed = ".gz";

    /// <summary>What a file of this name holds.</summary>
    public static FileKind Of(ReadOnlySpan<char> name)
    {
        if (Ends(name, ".json")) return FileKind.Document;
        if (Ends(name, ".jsonl") || Ends(name, ".ndjson")) return FileKind.Lines;
        if (Ends(name, ".zip")) return FileKind.Zip;
        if (Ends(name, ".tar.gz") || Ends(name, ".tgz")) return FileKind.Tar;
        return Inside(name) is FileKind.Other ? FileKind.Other : FileKind.Gzip;
    }

    /// <summary>What the compressed file of this name holds; <see cref="FileKind.Other"/> where it is none, or nothing that is read.</summary>
    public static FileKind Inside(ReadOnlySpan<char> name) =>
        Ends(name, Compressed) && Of(name[..^Compressed.Length]) is FileKind.Document or FileKind.Lines
            ? Of(name[..^Compressed.Length])
            : FileKind.Other;

    private static bool Ends(ReadOnlySpan<char> name, string end) => name.EndsWith(end, StringComparison.OrdinalIgnoreCase);
}
