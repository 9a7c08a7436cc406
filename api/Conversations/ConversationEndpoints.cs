using QualityIngest.Api.Http;
using QualityIngest.Domain;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Conversations;

/// <summary>Which conversations to fetch again; every member that is set narrows it, and at least one must be.</summary>
/// <param name="ConnectorId">Those of one connector.</param>
/// <param name="Status">Those of one status: <c>failed</c> or <c>completed</c>.</param>
/// <param name="Code">Those that failed with this code.</param>
public sealed record RetryConversationsInput(Guid? ConnectorId = null, ConversationStatus? Status = null, string? Code = null);

/// <summary>Conversations: what came of the rows.</summary>
public static class ConversationEndpoints
{
    /// <summary>Maps the tag Conversations, the export aside.</summary>
    public static void MapConversations(this IEndpointRouteBuilder v1)
    {
        var conversations = v1.MapGroup("/conversations").WithTag("Conversations", "What came of the rows: conversations, their transcripts and numbers.").RequireScope(Scopes.ConversationsRead);
        conversations.MapGet("", ListConversations);
        conversations.MapGet("/{id:guid}", GetConversation).Refuses("conversation_erased");
        conversations.MapGet("/{id:guid}/transcript", GetTranscript).RequireScope(Scopes.TranscriptsRead).Refuses("no_transcript", "conversation_withdrawn", "conversation_erased");
        conversations.MapGet("/{id:guid}/members", GetMembers).RequireScope(Scopes.TranscriptsRead).Refuses("conversation_withdrawn", "conversation_erased");
        conversations.MapGet("/{id:guid}/revisions", ListRevisions).Refuses("conversation_erased");
        conversations.MapGet("/{id:guid}/events", ListConversationEvents);
        conversations.MapPost("/{id:guid}/retry", RetryConversation).RequireScope(Scopes.ConversationsWrite).Refuses("not_retryable", "conversation_erased");
        conversations.MapPost("/retry", RetryConversations).RequireScope(Scopes.ConversationsWrite);
    }

    /// <summary>Lists the conversations, latest begun first.</summary>
    public static async Task<Ok<Listing<Conversation>>> ListConversations(
        [AsParameters] ConversationQuery query, Paging<Guid> paging, Caller caller, ConversationDirectory conversations,
        CancellationToken cancel) =>
        (await conversations.List(caller, query.Filter, paging.Page, cancel)).Listing(paging);

    /// <summary>Gets a conversation, with its numbers once it is completed; a withdrawn one too, which lists leave out unless they are asked for it.</summary>
    public static async Task<Ok<Conversation>> GetConversation(
        Guid id, Caller caller, ConversationDirectory conversations, CancellationToken cancel) =>
        (await conversations.Get(caller, id, cancel)).Ok();

    /// <summary>Gets what was said.</summary>
    /// <param name="revision">Which revision; absent: the current one.</param>
    public static async Task<Ok<ConversationTranscript>> GetTranscript(
        Guid id, int? revision, Caller caller, ConversationDirectory conversations, CancellationToken cancel) =>
        (await conversations.Transcript(caller, id, revision, cancel)).Ok();

    /// <summary>Gets what the conversation's record says beside its messages, exactly as it came.</summary>
    /// <param name="revision">Which revision; absent: the current one.</param>
    public static async Task<Ok<ConversationMembers>> GetMembers(
        Guid id, int? revision, Caller caller, ConversationDirectory conversations, CancellationToken cancel) =>
        (await conversations.Members(caller, id, revision, cancel)).Ok();

    /// <summary>Lists a conversation's revisions, latest first: each as its row said it.</summary>
    public static async Task<Ok<IReadOnlyList<Revision>>> ListRevisions(
        Guid id, Caller caller, ConversationDirectory conversations, CancellationToken cancel) =>
        (await conversations.Revisions(caller, id, cancel)).Ok();

    /// <summary>Lists a conversation's events, oldest first: its audit trail. Of an erased one they are left, without what was personal.</summary>
    public static async Task<Ok<IReadOnlyList<RecordedEvent>>> ListConversationEvents(
        Guid id, Caller caller, ConversationDirectory conversations, CancellationToken cancel) =>
        (await conversations.Events(caller, id, cancel)).Ok();

    /// <summary>Fetches a conversation's material again.</summary>
    public static async Task<Accepted<Conversation>> RetryConversation(
        Guid id, Caller caller, ConversationDirectory conversations, CancellationToken cancel) =>
        (await conversations.Retry(caller, id, cancel)).Accepted();

    /// <summary>Fetches conversations' material again, by a filter, soon after.</summary>
    public static async Task<Accepted<Acceptance>> RetryConversations(
        RetryConversationsInput filter, Caller caller, RetryRequests retries, CancellationToken cancel) =>
        (await retries.Accept(
            caller,
            new(RetryTarget.Conversations, filter.ConnectorId, filter.Status is { } status ? DomainJson.Word(status) : null, filter.Code),
            cancel)).Map(_ => new Acceptance()).Accepted();
}
