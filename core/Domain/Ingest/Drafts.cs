using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>The conversations of one batch while it is decided: their states so far, and what is to be written.</summary>
public sealed class Drafts
{
    private readonly Dictionary<Guid, Draft> _drafts = [];
    private readonly Dictionary<(Guid Conversation, int Revision), RevisionContent> _contents = [];

    /// <summary>Starts from the streams that stand, as they were locked.</summary>
    public Drafts(IReadOnlyDictionary<Guid, LockedState> locked)
    {
        foreach (var (id, stream) in locked)
            _drafts.Add(id, new(ConversationState.Fold(id, stream.Events), stream.Version));
    }

    /// <summary>The rows to keep, one for each revision that is new or has changed.</summary>
    public IReadOnlyCollection<RevisionContent> Contents => _contents.Values;

    /// <summary>The conversation's state with everything decided so far, or null where it is new.</summary>
    public ConversationState? State(Guid id) => _drafts.GetValueOrDefault(id)?.State;

    /// <summary>The row of the conversation's current revision, where this batch brought it.</summary>
    public ParsedConversation? Row(Guid id) =>
        State(id) is { } state && _contents.TryGetValue((id, state.Revision), out var content) ? content.Row : null;

    /// <summary>
    /// Adds what was decided about a row. A row that changes nothing leaves nothing; one that brings its own words and waits
    /// for nothing is completed with its arrival.
    /// </summary>
    public void Add(Guid id, RowDecision decision)
    {
        if (decision.Row is not { } row)
            return;
        var state = Add(id, decision.Events);
        var said = row.Transcribed is { } transcript ? AttachedTranscript.Of(row, transcript, state.Revision, state.RowWarnings) : null;
        _contents[(id, state.Revision)] = new(id, state.Revision, row, said?.Json);
        if (said is not null && Resolving.IsDue(state))
            Add(id, [said.Attached, said.Completed]);
    }

    /// <summary>Adds what was decided about a conversation of feeds; nothing where it stays as it is.</summary>
    public void Add(Guid id, FoldDecision decision)
    {
        if (decision.Events is [])
            return;
        var state = Add(id, decision.Events);
        if (decision.Row is { } row)
            _contents[(id, state.Revision)] = new(id, state.Revision, row, decision.Transcript);
    }

    /// <summary>Adds events that leave the contents as they are.</summary>
    public ConversationState Add(Guid id, IReadOnlyList<object> events)
    {
        if (!_drafts.TryGetValue(id, out var draft))
            _drafts.Add(id, draft = new(null, 0));
        draft.State = events.Aggregate(draft.State ?? new ConversationState { Id = id }, ConversationState.Apply);
        draft.Events.AddRange(events);
        return draft.State;
    }

    /// <summary>The conversations that have new events.</summary>
    public IEnumerable<ConversationState> Changed() =>
        _drafts.Values.Where(d => d.Events.Count > 0).Select(d => d.State!);

    /// <summary>One append a changed conversation.</summary>
    public IReadOnlyList<StreamAppend> Appends() =>
        [.. _drafts.Where(d => d.Value.Events.Count > 0).Select(d => new StreamAppend(
            d.Key, ConversationState.StreamType, d.Value.Version, d.Value.Events, d.Value.State))];

    private sealed class Draft(ConversationState? state, long version)
    {
        public ConversationState? State { get; set; } = state;

        public long Version { get; } = version;

        public List<object> Events { get; } = [];
    }
}

/// <summary>The row of one revision, to be stored with its contents.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Row">The row.</param>
/// <param name="Transcript">The canonical JSON of what was said, where the row holds it itself.</param>
public sealed record RevisionContent(Guid Conversation, int Revision, ParsedConversation Row, byte[]? Transcript);
