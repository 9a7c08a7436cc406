using QualityIngest.Domain.Formats.Archives;

namespace QualityIngest.Domain.Formats;

/// <summary>
/// Reads the members of an archive, one document behind the other. What ends a document refuses what is left of that member
/// and no more.
/// </summary>
internal sealed class ConversationArchive(IArchive archive, ConversationReader reader, RecordNumbers numbers, ConversationJsonOptions options) : IConversations
{
    private ConversationDocument? _document;
    private string? _member;
    private bool _any;

    /// <inheritdoc/>
    public FormatPlace? Place => _member is null ? null : new(_member, null, null);

    /// <inheritdoc/>
    public async ValueTask<FormatItem?> Next(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                if (_document is null)
                {
                    if (await archive.Next(cancel) is not { } member) return Ended();
                    if (Open(member) is { } refusal) return Refused(refusal);
                }
                else if (await _document.Next(cancel) is { } item)
                {
                    return item is FileError error ? new RejectedRow(error.Line, null, [new(error.Field, error.Code, error.Message)]) { Place = item.Place } : item;
                }
                else
                {
                    Close();
                }
            }
            catch (ArchiveException exception) when (!exception.EndsFile)
            {
                Close();
                return Refused(new(null, exception.Code, exception.Message));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        archive.Dispose();
    }

    private RowError? Open(ArchiveMember member)
    {
        (_any, _member) = (true, member.Name);
        if (member.Refusal is { } refusal) return refusal;
        var kind = FileKinds.Of(member.Name);
        if (kind is not (FileKind.Document or FileKind.Lines))
            return new(null, ArchiveCodes.Unsupported, "The member is named neither .json nor .jsonl nor .ndjson.");
        _document = new(JsonFrames.Of(kind, member.Content!, options), reader, numbers, member.Name);
        return null;
    }

    private void Close()
    {
        _document?.Dispose();
        _document = null;
    }

    private FileError? Ended()
    {
        _member = null;
        return _any ? null : new(numbers.Next(), null, ArchiveCodes.Empty, "The archive holds no files.");
    }

    private RejectedRow Refused(RowError error) => new(numbers.Next(), null, [error]) { Place = Place };
}
