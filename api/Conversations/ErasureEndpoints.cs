using QualityIngest.Api.Http;
using QualityIngest.Domain;
using QualityIngest.Domain.Conversations.Erasure;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Conversations;

/// <summary>The end of conversations: erased for good, unless an administrator lets their identity come again.</summary>
public static class ErasureEndpoints
{
    /// <summary>Maps erasure, and what administrators see and undo of it.</summary>
    public static void MapErasures(this IEndpointRouteBuilder v1)
    {
        v1.MapGroup("/conversations").WithTags("Conversations").MapDelete("/{id:guid}", EraseConversation)
            .RequireScope(Scopes.EraseWrite).Refuses("conversation_erased");
        var erasures = v1.MapGroup("/admin/tenants/{tenant}/erasures").WithTags("Admin").RequireScope(Scopes.AdminRead);
        erasures.MapGet("", ListErasures);
        erasures.MapPost("/{id:guid}/lift", LiftErasure).RequireScope(Scopes.AdminWrite).Refuses("not_erased");
    }

    /// <summary>
    /// Erases a conversation for good: what was said in all its revisions, who said it, what it was called, what feeds tell of
    /// it, and its refused rows. Its events stay without what is personal, and end with <c>conversation_erased</c>. It can be in
    /// any state. The same identity that arrives again is counted as erased and not stored. Objects in the bucket stay: the
    /// bucket is yours.
    /// </summary>
    public static async Task<NoContent> EraseConversation(
        Guid id, IfMatch match, Caller caller, ConversationErasure erasure, CancellationToken cancel) =>
        (await erasure.Erase(caller, id, match.Version, cancel)).NoContent();

    /// <summary>Lists a tenant's erased conversations, latest erased first: by their ids alone, nothing else of them is left.</summary>
    public static async Task<Ok<Listing<ConversationTombstone>>> ListErasures(
        string tenant, Paging<Guid> paging, ErasureDirectory erasures, CancellationToken cancel) =>
        (await erasures.List(tenant, paging.Page, cancel)).Listing(paging);

    /// <summary>
    /// Lets an erased conversation's identity be ingested anew, by the next import that has it. What was erased stays so.
    /// Doing it again changes nothing.
    /// </summary>
    public static async Task<NoContent> LiftErasure(
        string tenant, Guid id, Administrator administrator, ErasureDirectory erasures, CancellationToken cancel) =>
        (await erasures.Lift(administrator, tenant, id, cancel)).NoContent();
}
