using Microsoft.Extensions.Options;

namespace QualityIngest.Domain.Formats;

/// <summary>The format conversation-json as sources hold it: documents, files of lines, and archives of both.</summary>
public sealed class ConversationJsonFormat(IOptions<ConversationJsonOptions> options) : IFileFormat
{
    /// <inheritdoc/>
    public string Name => FormatNames.ConversationJson;

    /// <inheritdoc/>
    public bool CountsLines => false;

    /// <inheritdoc/>
    public Verdict? Judge(ObjectSeen seen) =>
        FileKinds.Of(seen.Key) is FileKind.Other ? null
        : seen.Size == 0 ? new Verdict.Skip("empty_file")
        : new Verdict.Read();

    /// <inheritdoc/>
    public IAsyncEnumerable<FormatItem> Read(Stream body, FileToRead file, CancellationToken cancel) =>
        ConversationJson.Read(body, file.Key, options.Value, cancel);
}
