using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Conversations;

/// <summary>Where a conversation stands.</summary>
public enum ConversationStatus
{
    /// <summary>Stored, waiting for what its holds name.</summary>
    Held,

    /// <summary>Its material is being fetched and measured.</summary>
    Processing,

    /// <summary>Whole.</summary>
    Completed,

    /// <summary>Its material cannot be read; the error says why.</summary>
    Failed,

    /// <summary>A snapshot dropped it: hidden, restorable.</summary>
    Withdrawn,

    /// <summary>Its contents are deleted for good.</summary>
    Erased,
}

/// <summary>A row that the current revision is made of.</summary>
/// <param name="Origin">Which row.</param>
/// <param name="Side">The one side of a mono pair that the revision has from it; null: everything.</param>
/// <param name="ConnectorId">The connector that brought it.</param>
public sealed record RevisionPart(RowOrigin Origin, MonoSide? Side, Guid ConnectorId);

/// <summary>A conversation as its events tell it. What was said lives in its contents.</summary>
public sealed record ConversationState
{
    /// <summary>The kind of stream that conversations are.</summary>
    public const string StreamType = "conversation";

    /// <summary>The stream's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The namespace of its identity.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The connector that brought the current revision.</summary>
    public Guid ConnectorId { get; init; }

    /// <summary>The current revision, from 1.</summary>
    public int Revision { get; init; }

    /// <summary>The hash of the current revision's row.</summary>
    public string ContentHash { get; init; } = "";

    /// <summary>What the source provides of the current revision.</summary>
    public RecordingType RecordingType { get; init; } = RecordingType.Transcription;

    /// <summary>The row that the current revision came from; of a mono pair's two rows, the later one.</summary>
    public RowOrigin Origin { get; init; } = new(Guid.Empty, "", "", default, 0);

    /// <summary>The rows that the current revision is made of: one, or one for each side of a mono pair.</summary>
    public IReadOnlyList<RevisionPart> Parts { get; init; } = [];

    /// <summary>Whether the current revision is made of all that feeds tell; else it is one row's, or a pair's.</summary>
    public bool FromFeeds { get; init; }

    /// <summary>The rows that the revisions came from, the current one last: what a retry of their files finds stored already.</summary>
    public IReadOnlyList<RowOrigin> Origins { get; init; } = [];

    /// <summary>Where it stands.</summary>
    public ConversationStatus Status { get; init; }

    /// <summary>What it waits for; empty unless held.</summary>
    public IReadOnlyList<HoldReason> Holds { get; init; } = [];

    /// <summary>The queue that its queue id is mapped to.</summary>
    public Guid? QueueId { get; init; }

    /// <summary>Its agent.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>Codes of what was assumed or ignored.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Those of the warnings that came before the revision's material was read.</summary>
    public IReadOnlyList<string> RowWarnings { get; init; } = [];

    /// <summary>Whether the current revision has waited for somebody: held, or failed and retried, or hidden and shown again.</summary>
    public bool Waited { get; init; }

    /// <summary>Why it failed.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The same for people.</summary>
    public string? ErrorDetail { get; init; }

    /// <summary>Whether a retry can help.</summary>
    public bool Retryable { get; init; }

    /// <summary>Its numbers, once completed.</summary>
    public Metrics? Metrics { get; init; }

    /// <summary>How often it was erased.</summary>
    public int Erasures { get; init; }

    /// <summary>What its external id alone stands for, once it is erased; see <see cref="ConversationErased"/>.</summary>
    public Guid? ErasedName { get; init; }

    /// <summary>Whether it is erased and may be ingested anew.</summary>
    public bool Lifted { get; init; }

    /// <summary>The stream's version.</summary>
    public long Version { get; init; }

    /// <summary>The state after one more event.</summary>
    public static ConversationState Apply(ConversationState state, object @event) => @event switch
    {
        ConversationReceived e => state.Arrived(e.ConnectorId, e.Revision, e.ContentHash, e.Origin, e.QueueId, e.AgentId, e.Warnings)
            .Of(e.RecordingType, [new(e.Origin, e.Side, e.ConnectorId)])
            with
        { Namespace = e.Namespace, FromFeeds = e.FromFeeds is true },
        ConversationRevised e => state.Arrived(e.ConnectorId, e.Revision, e.ContentHash, e.Origin, e.QueueId, e.AgentId, e.Warnings)
            .Of(e.RecordingType, e.KeepsCounterpart is true ? state.PartsWith(e.Side!.Value, e.Origin, e.ConnectorId) : [new(e.Origin, e.Side, e.ConnectorId)])
            with
        { FromFeeds = e.FromFeeds is true },
        ConversationCounterpartReceived e =>
            state.Arrived(e.ConnectorId, e.Revision, e.ContentHash, e.Origin, e.QueueId, e.AgentId, e.Warnings)
            .Of(state.RecordingType, state.PartsWith(e.Side, e.Origin, e.ConnectorId)),
        ConversationHeld e => state.Next(ConversationStatus.Held) with { Holds = e.Reasons, Waited = true },
        ConversationReleased e => state.Next(ConversationStatus.Processing)
            with
        { Holds = [], QueueId = e.QueueId, AgentId = e.AgentId, Warnings = e.Warnings, RowWarnings = e.Warnings },
        TranscriptAttached or RecordingMeasured => state with { Version = state.Version + 1 },
        ConversationCompleted e => state.Next(ConversationStatus.Completed) with { Metrics = e.Metrics, Warnings = e.Warnings },
        ConversationFailed e => state.Next(ConversationStatus.Failed)
            with
        { ErrorCode = e.Code, ErrorDetail = e.Detail, Retryable = e.Retryable },
        ConversationRetried => state.Next(ConversationStatus.Processing) with { Warnings = state.RowWarnings, Waited = true },
        ConversationWithdrawn => state.Next(ConversationStatus.Withdrawn) with { Metrics = state.Status is ConversationStatus.Completed ? state.Metrics : null },
        ConversationRestored => state.Metrics is null
            ? state.Next(ConversationStatus.Processing) with { Warnings = state.RowWarnings, Waited = true }
            : state.Next(ConversationStatus.Completed),
        ConversationErased e => state.Next(ConversationStatus.Erased)
            with
        { Holds = [], QueueId = null, AgentId = null, Warnings = [], RowWarnings = [], Metrics = null, Erasures = state.Erasures + 1, ErasedName = e.Name, Lifted = false },
        ConversationErasureLifted => state with { Lifted = true, Version = state.Version + 1 },
        _ => throw new ArgumentException($"A conversation does not know {@event.GetType().Name}.", nameof(@event)),
    };

    /// <summary>The state that a whole stream tells, or null where there is none.</summary>
    public static ConversationState? Fold(Guid id, IReadOnlyList<object>? events) =>
        events is null or [] ? null : events.Aggregate(new ConversationState { Id = id }, Apply);

    private ConversationState Arrived(
        Guid connector, int revision, string hash, RowOrigin origin, Guid? queue, Guid? agent, IReadOnlyList<string> warnings) =>
        Next(ConversationStatus.Processing) with
        {
            ConnectorId = connector,
            Revision = revision,
            ContentHash = hash,
            Origins = [.. Origins, origin],
            QueueId = queue,
            AgentId = agent,
            Warnings = warnings,
            RowWarnings = warnings,
            Holds = [],
            Waited = false,
            Metrics = null,
            ErasedName = null,
            Lifted = false,
        };

    private ConversationState Of(RecordingType? type, IReadOnlyList<RevisionPart> parts) => this with
    {
        RecordingType = type ?? RecordingType.Transcription,
        Parts = parts,
        Origin = parts.Select(p => p.Origin).Aggregate((latest, part) => part.Supersedes(latest) ? part : latest),
    };

    /// <summary>The parts with one side from another row: the other side stays from where it is.</summary>
    private IReadOnlyList<RevisionPart> PartsWith(MonoSide side, RowOrigin origin, Guid connector) =>
        [Parts.Single(p => p.Side != side) with { Side = MonoPair.Other(side) }, new(origin, side, connector)];

    private ConversationState Next(ConversationStatus status) =>
        this with { Status = status, ErrorCode = null, ErrorDetail = null, Retryable = false, Version = Version + 1 };
}
