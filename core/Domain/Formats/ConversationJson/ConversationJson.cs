using System.Runtime.CompilerServices;
using QualityIngest.Domain.Formats.Archives;

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
        var kind = FileKinds.Of(name);
        var guard = new ExpansionGuard(kind is FileKind.Gzip ? options.Archives.ForOne : options.Archives);
        using var reader = new ConversationReader();
        using var expanded = kind is FileKind.Gzip or FileKind.Tar ? new GunzipStream(stream, guard) : null;
        var numbers = new RecordNumbers();
        using IConversations conversations = kind switch
        {
            FileKind.Zip => new ConversationArchive(new ZipArchive(stream, guard), reader, numbers, options),
            FileKind.Tar => new ConversationArchive(new TarArchive(expanded!, guard), reader, numbers, options),
            FileKind.Gzip => new ConversationDocument(JsonFrames.Of(FileKinds.Inside(name), expanded!, options), reader, numbers, member: null),
            _ => new ConversationDocument(JsonFrames.Of(kind, stream, options), reader, numbers, member: null),
        };
        while (true)
        {
            var item = await Next(conversations, numbers, cancellationToken);
            if (item is null) yield break;
            yield return item;
            if (item is FileError) yield break;
        }
    }

    private static async ValueTask<FormatItem?> Next(IConversations conversations, RecordNumbers numbers, CancellationToken cancel)
    {
        try
        {
            return await conversations.Next(cancel);
        }
        catch (ArchiveException exception)
        {
            return new FileError(numbers.Next(), null, exception.Code, exception.Message) { Place = conversations.Place };
        }
    }
}
