using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using QualityIngest.Database;

namespace QualityIngest.Domain.Conversations.Erasure;

/// <summary>Keeps the read table <c>erased_conversations</c>: what tells that a conversation was there, and who is not to come back.</summary>
internal static class ErasedRow
{
    /// <summary>Why a conversation that has no row cannot be shown.</summary>
    public static async Task<Failure> Missing(Session session, Guid id, CancellationToken cancel) =>
        await Exists(session, id, cancel)
            ? new Failure.Gone("conversation_erased", "This conversation was erased for good. Its events tell when.")
            : new Failure.NotFound();

    /// <summary>Whether a conversation that the session may see was erased, and not ingested anew since.</summary>
    public static Task<bool> Exists(Session session, Guid id, CancellationToken cancel) =>
        session.Scalar<bool>(new Statement("select exists (select from erased_conversations where id = $1)", id), cancel);

    /// <summary>Puts erased conversations here, and takes those out of the conversations.</summary>
    public static async Task Write(NpgsqlTransaction tx, string tenant, IReadOnlyList<ConversationState> states, CancellationToken cancel)
    {
        await using var command = Statement.File<ConversationProjection>(
            "Conversations/Erasure/ProjectErased.sql",
            tenant,
            states.Select(s => s.Id).ToArray(),
            states.Select(s => s.ConnectorId).ToArray(),
            states.Select(s => s.ErasedName).ToArray(),
            states.Select(s => s.Lifted).ToArray(),
            states.Select(s => s.Version).ToArray()).ToCommand(tx);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Forgets that conversations were erased which have been ingested anew.</summary>
    public static async Task Clear(NpgsqlTransaction tx, string tenant, Guid[] ids, CancellationToken cancel)
    {
        await using var command = new Statement("delete from erased_conversations where tenant_id = $1 and id = any($2)", tenant, ids).ToCommand(tx);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>
    /// The statement by which rows without a stream of their own wait for erasures, and erasures for them. Whoever stores such
    /// rows takes it shared before asking whose identity is erased, an erasure takes it alone before it deletes them: either
    /// the erasure sees the rows, or those who store them see the erasure. Streams are locked before it.
    /// </summary>
    public static Statement Turn(string tenant, bool alone) => new(
        alone ? "select pg_advisory_xact_lock($1)" : "select pg_advisory_xact_lock_shared($1)",
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"erasure:{tenant}"))));
}
