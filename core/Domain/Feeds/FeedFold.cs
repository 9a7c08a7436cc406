using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Ingest;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Feeds;

/// <summary>
/// Makes conversations what the visible facts of all feeds say of them: messages, recording and call record. The streams are
/// locked before the facts are read, so that folds which run at the same time come to the same.
/// <para>
/// Two facts may make a conversation together that neither makes alone, and then there is no stream yet to lock. Of two folds
/// that each bring one, the later reads what the earlier one's import shows, because imports are shown before they are folded.
/// Only what a snapshot shows is not committed while it is folded: other folds of its namespace wait for it.
/// </para>
/// </summary>
public sealed class FeedFold(EventStore.EventStore events, WorkQueue queue, IOptions<FeedTranscriptOptions> options)
{
    /// <summary>Folds one page of conversations, within the caller's transaction. Holds the messages of a few megabytes of them at a time.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="import">The import that was shown or retired: its namespace is theirs.</param>
    /// <param name="page">The conversations, in the order of their ids.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ConcurrencyException">Another transaction made the same new conversation: the page is folded anew.</exception>
    public async Task<FoldCounts> Fold(
        PipelineSession session, FeedImport import, IReadOnlyList<FeedConversation> page, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(import);
        ArgumentNullException.ThrowIfNull(page);
        if (page.Count == 0)
            return new();
        await TakeTurn(session, import, cancel);
        var locked = await events.Lock(session.Transaction, session.Tenant, [.. page.Select(conversation => conversation.Id)], cancel);
        var sizes = await FactReader.Sizes(session, page, cancel);
        var counts = new FoldCounts();
        foreach (var group in InGroups(page, sizes))
            counts += await Fold(session, import.Namespace, group, locked, sizes, cancel);
        return counts;
    }

    /// <summary>Waits for a snapshot of the namespace that is being shown, which may take minutes; one that is shown itself waits for the folds that run.</summary>
    private static Task TakeTurn(PipelineSession session, FeedImport import, CancellationToken cancel)
    {
        var name = SHA256.HashData(Encoding.UTF8.GetBytes($"{session.Tenant.Length}:{session.Tenant}{import.Namespace}"));
        return session.ExecuteLong(
            [
                new(
                    import.Snapshot ? "select pg_advisory_xact_lock($1)" : "select pg_advisory_xact_lock_shared($1)",
                    BinaryPrimitives.ReadInt64BigEndian(name)),
            ],
            cancel);
    }

    private async Task<FoldCounts> Fold(
        PipelineSession session, string @namespace, IReadOnlyList<FeedConversation> group, IReadOnlyDictionary<Guid, LockedState> locked,
        IReadOnlyDictionary<Guid, long> sizes, CancellationToken cancel)
    {
        var limit = options.Value.ConversationBytes;
        var tooLarge = group.Where(c => sizes.GetValueOrDefault(c.Id) > limit).Select(c => c.Id).ToHashSet();
        var drafts = new Drafts(group.Where(c => locked.ContainsKey(c.Id)).ToDictionary(c => c.Id, c => locked[c.Id]));
        var counts = new FoldCounts();
        foreach (var facts in await FactReader.Read(session, @namespace, group, tooLarge, cancel))
        {
            var id = facts.Conversation.Id;
            var decision = FoldDecision.Decide(drafts.State(id), FoldedConversation.Of(facts, limit), @namespace);
            drafts.Add(id, decision);
            counts += decision.Counts;
        }

        await Contents.Add(session, drafts.Contents, cancel);
        await events.Append(session.Transaction, session.Tenant, drafts.Appends(), cancel);
        await queue.Enqueue(session, session.Tenant, [.. drafts.Changed().Where(Resolving.IsDue).Select(Resolving.Item)], cancel);
        return counts;
    }

    /// <summary>The page in groups of about so many bytes of messages. What is too large is not read.</summary>
    private IEnumerable<IReadOnlyList<FeedConversation>> InGroups(IReadOnlyList<FeedConversation> page, IReadOnlyDictionary<Guid, long> sizes) =>
        ByteGroups.Of(
            page,
            c => sizes.GetValueOrDefault(c.Id) is var bytes && bytes > options.Value.ConversationBytes ? 0 : bytes,
            options.Value.FoldedBytes);
}
