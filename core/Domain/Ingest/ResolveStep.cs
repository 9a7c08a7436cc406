using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// Resolve: fetches the transcripts and recordings of received conversations in parallel and records a batch of results in one transaction.
/// Item and result name the revision; a result for an older one is dropped.
/// </summary>
public sealed class ResolveStep(
    Postgres postgres, WorkQueue queue, EventStore.EventStore events, ConnectorAccess access, ConnectorHealth health, Material material,
    IOptions<IngestOptions> options) : IWorkStep
{
    /// <summary>Nobody can read the source.</summary>
    internal static readonly SourceFailure ConnectorRemoved = new(
        FailureClass.Item, "connector_removed", "No connector reads this conversation's source any more.",
        "Create a connector for the same source again, then retry the conversation.", false);

    private readonly IngestOptions _options = options.Value;

    /// <inheritdoc/>
    public string Kind => WorkKinds.Resolve;

    /// <inheritdoc/>
    public int Batch => _options.ResolveBatch;

    /// <inheritdoc/>
    public int Concurrency => _options.ResolveBatches;

    /// <inheritdoc/>
    public async Task Run(IReadOnlyList<WorkItem> items, CancellationToken cancel)
    {
        foreach (var tenant in items.Select(i => new ResolveClaim(i, DomainJson.Read<ResolveWork>(i.Payload))).GroupBy(c => c.Item.Tenant))
        {
            var rows = await Rows(tenant.Key, [.. tenant], cancel);
            var stored = tenant.Where(c => Current(c.Work, rows)?.Stored is not null).ToList();
            await Measure(tenant.Key, stored, rows, cancel);
            foreach (var group in tenant.Except(stored).GroupBy(c => (c.Work.ConnectorId, rows.GetValueOrDefault(c.Work.ConversationId)?.SourceId)))
                await Resolve(tenant.Key, group.Key.ConnectorId, group.Key.SourceId, [.. group], rows, cancel);
        }
    }

    /// <inheritdoc/>
    public Task GiveUp(WorkItem item, CancellationToken cancel) =>
        Record(item.Tenant, [new(new(item, DomainJson.Read<ResolveWork>(item.Payload)), new Unresolved(new(
            FailureClass.Item, "attempts_exhausted", "The conversation's material could not be read within its attempts.",
            "Look at the node's log for what ended the attempts, then retry the conversation.", true)))], cancel);

    /// <summary>Measures again what is stored, which takes no connector and no source.</summary>
    private async Task Measure(string tenant, IReadOnlyList<ResolveClaim> claims, IReadOnlyDictionary<Guid, Row> rows, CancellationToken cancel)
    {
        var claimed = claims.ToLookup(c => c.Work.ConversationId);
        var revisions = claimed.Select(c => rows[c.Key].Stored!);
        foreach (var group in StoredTranscripts.InGroups(revisions, _options.RecordedBytes))
        {
            Dictionary<Guid, MaterialOutcome> outcomes;
            await using (var session = await postgres.Pipeline(tenant, cancel))
                outcomes = await StoredTranscripts.Measure(session, group, cancel);
            await Record(tenant, [.. group.SelectMany(r => claimed[r.Conversation]).Select(c => new ResolveResult(c, outcomes[c.Work.ConversationId]))], cancel);
        }
    }

    private async Task Resolve(
        string tenant, Guid connector, Guid? source, IReadOnlyList<ResolveClaim> claims, IReadOnlyDictionary<Guid, Row> rows,
        CancellationToken cancel)
    {
        OpenConnector? opened;
        try
        {
            opened = await access.Open(tenant, connector, source, cancel);
        }
        catch (SourceException refused)
        {
            await health.Suspend(tenant, connector, refused.Failure, [.. claims.Select(c => c.Item)], cancel);
            return;
        }

        using var results = new Results(_options.RecordedBytes);
        await Parallel.ForEachAsync(
            claims, new ParallelOptions { MaxDegreeOfParallelism = _options.Fetches, CancellationToken = cancel },
            async (claim, token) =>
            {
                var outcome = await Fetch(tenant, opened, claim, Current(claim.Work, rows), token);
                if (results.Add(new(claim, outcome)) is { } full)
                    await Record(tenant, full, token);
            });

        var (rest, refusals) = results.Rest();
        if (refusals.Count > 0 && await opened!.StillReadable(cancel))
        {
            rest = [.. rest, .. refusals.Select(OwnFault)];
            refusals = [];
        }

        await Record(tenant, rest, cancel);
        if (refusals.Count > 0)
            await health.Suspend(
                tenant, opened!.Connector.Id, ((Unresolved)refusals[0].Outcome!).Failure, [.. refusals.Select(r => r.Claim.Item)], cancel);
    }

    private static ResolveResult OwnFault(ResolveResult result) =>
        result.Outcome is Unresolved { Failure: { Class: FailureClass.Connector } failure }
            ? result with { Outcome = new Unresolved(failure with { Class = FailureClass.Item }) }
            : result;

    private async Task<MaterialOutcome?> Fetch(string tenant, OpenConnector? opened, ResolveClaim claim, Row? row, CancellationToken cancel)
    {
        if (row is null)
            return null;
        return opened is null
            ? new Unresolved(ConnectorRemoved)
            : await material.Fetch(
                new(
                    tenant, opened, row.Parsed, row.FileKey, row.Revision, row.Warnings, row.CounterpartSource,
                    LastAttempt: claim.Item.Attempts >= queue.Options.MaxAttempts, row.Words),
                cancel);
    }

    private async Task<Dictionary<Guid, Row>> Rows(string tenant, IReadOnlyList<ResolveClaim> claims, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(tenant, cancel);
        var rows = await session.Query(
            new Statement(
                """
                select v.id, v.revision, c.parsed, f.key, v.warnings, f.source_id, coalesce(octet_length(c.transcript_json::text), 0),
                       (select source_id from files where id = (c.parsed -> 'counterpart' ->> 'fileId')::uuid)
                from (select $1 as tenant_id, id from unnest($2::uuid[]) as claimed (id) offset 0) k -- offset 0: see docs/decisions
                join conversations v on v.tenant_id = k.tenant_id and v.id = k.id
                join conversation_contents c on c.tenant_id = k.tenant_id and c.conversation_id = k.id and c.revision = v.revision
                join files f on f.id = v.file_id
                where v.status in ('processing', 'failed')
                """,
                tenant, claims.Select(c => c.Work.ConversationId).ToArray()),
            row => new Row(
                row.GetGuid(0), row.GetInt32(1), DomainJson.Read<ParsedConversation>(row.GetString(2)), row.GetString(3),
                row.GetFieldValue<string[]>(4), row.GetGuid(5), row.GetInt32(6), row.IsDBNull(7) ? null : row.GetGuid(7)),
            cancel);
        return rows.ToDictionary(r => r.Id);
    }

    /// <summary>Records results: each item is completed, retried or buried with its conversation's events.</summary>
    private async Task Record(string tenant, IReadOnlyList<ResolveResult> results, CancellationToken cancel)
    {
        if (results is [])
            return;
        try
        {
            await Commit(tenant, results, cancel);
        }
        finally
        {
            foreach (var (_, outcome) in results)
                (outcome as Resolved)?.Share?.Dispose();
        }
    }

    private async Task Commit(string tenant, IReadOnlyList<ResolveResult> results, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(tenant, cancel);
        var locked = await events.Lock(
            session.Transaction, tenant, [.. results.Select(r => r.Claim.Work.ConversationId).Distinct()], cancel);
        var drafts = new Drafts(locked);
        var found = new List<(Guid, int, RevisionMaterial)>();
        var done = new List<WorkItem>(results.Count);

        foreach (var (claim, outcome) in results)
        {
            var current = Current(drafts, claim.Work);
            switch (outcome)
            {
                case Resolved resolved when current:
                    drafts.Add(claim.Work.ConversationId, resolved.Events);
                    if (resolved.Stored is { } material)
                        found.Add((claim.Work.ConversationId, claim.Work.Revision, material));
                    done.Add(claim.Item);
                    break;
                case Unresolved { Failure: { Retryable: true } failure } when current && claim.Item.Attempts < queue.Options.MaxAttempts:
                    await queue.Retry(session, claim.Item, failure.Code, failure.Message, cancel);
                    break;
                case Unresolved { Failure: var failure } when current:
                    drafts.Add(claim.Work.ConversationId,
                        [new ConversationFailed(claim.Work.Revision, failure.Code, failure.Message, failure.Retryable)]);
                    if (failure.Retryable)
                        await queue.Bury(session, claim.Item, failure.Code, failure.Message, cancel);
                    else
                        done.Add(claim.Item);
                    break;
                default:
                    done.Add(claim.Item);
                    break;
            }
        }

        await Contents.AddMaterial(session, found, cancel);
        await events.Append(session.Transaction, tenant, drafts.Appends(), cancel);
        await queue.Complete(session, done, cancel);
        await session.Commit(cancel);
    }

    /// <summary>
    /// Whether the result is about the revision that is waited for. Only a dead letter that was revived finds its conversation
    /// failed: that is a retry.
    /// </summary>
    private static bool Current(Drafts drafts, ResolveWork work)
    {
        if (drafts.State(work.ConversationId) is not { } state || state.Revision != work.Revision)
            return false;
        if (state.Status == ConversationStatus.Failed)
            state = drafts.Add(work.ConversationId, [new ConversationRetried(work.Revision)]);
        return Resolving.IsDue(state);
    }

    /// <summary>The row of the revision that the work names, or null where another one is current.</summary>
    private static Row? Current(ResolveWork work, IReadOnlyDictionary<Guid, Row> rows) =>
        rows.GetValueOrDefault(work.ConversationId) is { } row && row.Revision == work.Revision ? row : null;

    private sealed record Row(
        Guid Id, int Revision, ParsedConversation Parsed, string FileKey, IReadOnlyList<string> Warnings, Guid SourceId, int StoredBytes,
        Guid? CounterpartSource)
    {
        /// <summary>The revision, where its transcript came with its row.</summary>
        public StoredRevision? Stored =>
            StoredTranscripts.CameWith(Parsed) ? new(Id, Revision, Parsed, Warnings, StoredBytes) : null;

        /// <summary>What was said, where feeds told it beside the recording that is to be measured.</summary>
        public StoredWords? Words =>
            Parsed.RecordingType is RecordingType.Recording && StoredBytes > 0 ? new(Id, Revision, StoredBytes) : null;
    }
}
