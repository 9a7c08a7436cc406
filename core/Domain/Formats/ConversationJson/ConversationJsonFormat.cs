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
    public bool IsCandidate(string key) => FileKinds.Of(key) is not FileKind.Other;

    /// <inheritdoc/>
    public string? SkipCode(string key, long size) => size == 0 ? "empty_file" : null;

    /// <inheritdoc/>
    public IAsyncEnumerable<FormatItem> Read(Stream body, FileToRead file, CancellationToken cancel) =>
        ConversationJson.Read(body, file.Key, options.Value, cancel);
}
