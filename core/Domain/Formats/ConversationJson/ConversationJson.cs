using System.Runtime.CompilerServices;

namespace QualityIngest.Domain.Formats;

/// <summary>Reads the format conversation-json (Avon AI): conversations with their messages, in files, lines and archives.</summary>
public static class ConversationJson
{
    /// <summary>
    /// Reads a file from its first byte to its end, forward only. Every conversation gives one item, in the file's order, with
    /// its number and place; so does every member of an archive that cannot be read. Keeps one conversation at a time,
    /// whatever the file's size, and never throws for what the file holds: only for what the stream throws, and on
    /// cancellation.
    /// </summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">Its key or name, whose end says what it holds.</param>
    /// <param name="options">What it may measure.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<FormatItem> Read(
        Stream stream, string name, ConversationJsonOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(options);
        using var reader = new ConversationReader();
        JsonFrames frames = FileKinds.Of(name) is FileKind.Lines ? new LineFrames(stream, options.ConversationBytes) : new DocumentFrames(stream, options.ConversationBytes);
        using var document = new ConversationDocument(frames, reader, new(), member: null);
        while (await document.Next(cancellationToken) is { } item) yield return item;
    }
}
