using System.Text;
using QualityIngest.Database;
using QualityIngest.Domain.Conversations.Erasure;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Transcripts;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Conversations;

/// <summary>One revision of a conversation: what a row said when it came.</summary>
/// <param name="Number">From 1; the highest is the current one.</param>
/// <param name="Row">The row as it was read.</param>
/// <param name="HasTranscript">Whether its transcript was read.</param>
/// <param name="StoredAt">When it was stored.</param>
public sealed record Revision(int Number, ParsedConversation Row, bool HasTranscript, DateTimeOffset StoredAt);

/// <summary>What was said in one revision of a conversation.</summary>
/// <param name="ConversationId">The conversation's id.</param>
/// <param name="Revision">Which of its revisions, from 1.</param>
/// <param name="Utterances">What was said, ordered by time, then by the source's order.</param>
/// <param name="Participants">Who took part, in the order in which they first spoke.</param>
public sealed record ConversationTranscript(
    Guid ConversationId, int Revision, IReadOnlyList<Utterance> Utterances, IReadOnlyList<Participant> Participants);

/// <summary>One conversation of an export.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Transcript">Its transcript's canonical JSON; null: it has none, none was asked for, or it is withdrawn.</param>
/// <param name="Members">The text of one JSON object: what else its record says; null: nothing, or it was not asked for.</param>
public sealed record ExportedConversation(Conversation Conversation, string? Transcript, string? Members);

/// <summary>A tenant's conversations.</summary>
public sealed class ConversationDirectory(Postgres postgres, WorkQueue queue, EventStore.EventStore events)
{
    /// <summary>The conversations, latest begun first.</summary>
    public async Task<Page<Conversation, Guid>> List(
        Caller caller, ConversationFilter filter, PageRequest<Guid> page, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var rows = await session.Query(filter.ToStatement(page.After?.At, page.After?.Id, page.Limit + 1), ConversationRow.Read, cancel);
        return Page.Of(rows, page, c => new Position<Guid>(c.StartedAt, c.Id));
    }

    /// <summary>One conversation, with what feeds tell of it.</summary>
    public async Task<Outcome<Conversation>> Get(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await ConversationRow.Find(session, id, cancel) is not { } conversation)
            return await ErasedRow.Missing(session, id, cancel);
        var joined = await JoinedRows.Of(session, caller, id, cancel);
        return conversation with { CallRecords = joined.CallRecords, Sales = joined.Sales };
    }

    /// <summary>A revision's transcript.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The conversation.</param>
    /// <param name="revision">Which revision; null: the current one.</param>
    /// <param name="cancel">Stops the query.</param>
    public async Task<Outcome<ConversationTranscript>> Transcript(Caller caller, Guid id, int? revision, CancellationToken cancel)
    {
        var content = await Content(caller, id, revision, Contents.Transcript, cancel);
        if (content.Failure is { } failure)
            return failure;
        if (content.Value.Text is not { } json)
            return new Failure.Conflict("no_transcript", "This revision has no transcript: it is not completed.");
        var transcript = TranscriptJson.Read(Encoding.UTF8.GetBytes(json));
        return new ConversationTranscript(id, content.Value.Revision, transcript.Utterances, transcript.Participants);
    }

    /// <summary>What a revision's record says beside its messages.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The conversation.</param>
    /// <param name="revision">Which revision; null: the current one.</param>
    /// <param name="cancel">Stops the query.</param>
    public async Task<Outcome<ConversationMembers>> Members(Caller caller, Guid id, int? revision, CancellationToken cancel) =>
        (await Content(caller, id, revision, "c.members", cancel)).Map(c => ConversationMembers.Of(id, c.Revision, c.Text));

    /// <summary>The conversation's revisions, latest first.</summary>
    public async Task<Outcome<IReadOnlyList<Revision>>> Revisions(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await ConversationRow.Find(session, id, cancel) is null)
            return await ErasedRow.Missing(session, id, cancel);
        return await session.Query(
            new Statement(
                """
                select revision, parsed, transcript_json is not null or transcript is not null, created_at
                from conversation_contents where tenant_id = $1 and conversation_id = $2
                order by revision desc limit 1000
                """,
                caller.Tenant, id),
            row => new Revision(
                row.GetInt32(0), DomainJson.Read<ParsedConversation>(row.GetString(1)), row.GetBoolean(2), row.GetFieldValue<DateTimeOffset>(3)),
            cancel);
    }

    /// <summary>The conversation's events, oldest first; of an erased one those that are left.</summary>
    public async Task<Outcome<IReadOnlyList<RecordedEvent>>> Events(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await ConversationRow.Find(session, id, cancel) is null && !await ErasedRow.Exists(session, id, cancel))
            return new Failure.NotFound();
        return RecordedEvent.Of(await events.FetchStream(session.Transaction, caller.Tenant, id, cancel));
    }

    /// <summary>Has a conversation's material fetched again.</summary>
    public async Task<Outcome<Conversation>> Retry(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        // Locked before it is looked for: it may be being erased.
        var locked = await events.Lock(session.Transaction, caller.Tenant, [id], cancel);
        if (await ConversationRow.Find(session, id, cancel) is null)
            return await ErasedRow.Missing(session, id, cancel);
        var (appends, work) = Retries.Conversations(locked.Values);
        if (appends is [])
            return new Failure.Conflict("not_retryable", "Only a completed or failed conversation can be retried.");
        await events.Append(session.Transaction, caller.Tenant, appends, cancel);
        await queue.Enqueue(session, caller.Tenant, work, cancel);
        await session.Execute(AuditTrail.Entry(caller.Actor, caller.Tenant, "conversation.retried", id.ToString()), cancel);
        var conversation = (await ConversationRow.Find(session, id, cancel))!;
        await session.Commit(cancel);
        return conversation;
    }

    /// <summary>
    /// Every conversation that the filter lets through, latest begun first, with its contents where
    /// <paramref name="contents"/> asks for them. Read in pages, each in a session of its own: memory and transactions stay
    /// small, and what changes meanwhile may or may not be in it.
    /// </summary>
    public async IAsyncEnumerable<ExportedConversation> Export(
        Caller caller, ConversationFilter filter, bool contents,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var page = contents ? 50 : 500;
        Conversation? last = null;
        while (true)
        {
            List<Conversation> rows;
            Dictionary<Guid, (string? Transcript, string? Members)> texts;
            await using (var session = await postgres.Tenant(caller.Tenant, cancel))
            {
                rows = await session.Query(filter.ToStatement(last?.StartedAt, last?.Id, page), ConversationRow.Read, cancel);
                texts = contents ? await Texts(session, rows, cancel) : [];
            }

            foreach (var row in rows)
            {
                var (transcript, members) = texts.GetValueOrDefault(row.Id);
                yield return new(row, transcript, members);
            }

            if (rows.Count < page)
                yield break;
            last = rows[^1];
        }
    }

    private static async Task<Dictionary<Guid, (string? Transcript, string? Members)>> Texts(
        TenantSession session, IReadOnlyList<Conversation> conversations, CancellationToken cancel)
    {
        conversations = [.. conversations.Where(c => c.Status is not ConversationStatus.Withdrawn)];
        var texts = await session.Query(
            new Statement(
                $"select c.conversation_id, {Contents.Transcript}, c.members {Contents.OfRevisions}",
                session.Tenant, conversations.Select(c => c.Id).ToArray(), conversations.Select(c => c.Revision).ToArray()),
            row => (Id: row.GetGuid(0), Texts: (row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2))), cancel);
        return texts.ToDictionary(t => t.Id, t => t.Texts);
    }

    /// <summary>One column of a revision's contents, with the revision's number.</summary>
    private async Task<Outcome<(int Revision, string? Text)>> Content(
        Caller caller, Guid id, int? revision, string column, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var opened = await ConversationRow.Open(session, id, revision, cancel);
        if (opened.Failure is { } failure)
            return failure;
        var number = opened.Value.Number;
        return (number, await session.Scalar<string>(
            new Statement(
                $"select {column} from conversation_contents c where c.tenant_id = $1 and c.conversation_id = $2 and c.revision = $3",
                caller.Tenant, id, number),
            cancel));
    }
}
