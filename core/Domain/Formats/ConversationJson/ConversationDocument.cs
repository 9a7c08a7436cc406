namespace QualityIngest.Domain.Formats;

/// <summary>Reads one document to its end: an item a conversation, and one for what keeps it from being read further.</summary>
internal sealed class ConversationDocument(JsonFrames frames, ConversationReader reader, RecordNumbers numbers, string? member) : IConversations
{
    private bool _ended;

    /// <inheritdoc/>
    public FormatPlace? Place { get; } = member is null ? null : new(member, null, null);

    /// <inheritdoc/>
    public async ValueTask<FormatItem?> Next(CancellationToken cancel)
    {
        if (_ended) return null;
        if (await frames.Next(cancel)) return Conversation() with { Place = frames.Place(member) };
        _ended = true;
        return frames.Fault is { } fault
            ? new FileError(numbers.Next(), null, fault.Code, fault.Message) { Place = frames.Place(member) }
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => frames.Dispose();

    private FormatItem Conversation()
    {
        var number = numbers.Next();
        if (frames.End is FrameEnd.TooLarge)
            return new RejectedRow(number, null, [new("$", RowCodes.RecordTooLarge, "The conversation is larger than one may be.")]);
        var read = reader.Read(frames.Json, number, frames.Line, frames.Column);
        if (!read.IsSound) frames.Abandon(read.Item is RejectedRow { Errors: [var error, ..] } ? error.Code : RowCodes.JsonInvalid);
        return read.Item;
    }
}
